package dev.chasqui.messaging;

import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;

/// Finds the business numbers that messages are sent from.
@FunctionalInterface
public interface SenderNumbers {

  /// The number as it is recorded with each message sent from it, so that an event reads the same
  /// for ever. Asked for every message: answered from memory.
  SourceChannel channel(WorkspaceId workspace, String phoneNumberId);
}
