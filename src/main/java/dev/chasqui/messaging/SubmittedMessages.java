package dev.chasqui.messaging;

import dev.chasqui.journal.Fact.MessageSubmitted;
import dev.chasqui.model.WorkspaceId;
import java.util.Optional;

/// Finds messages that clients submitted by the ids that upstream gave them. `app` implements it
/// with store and journal.
@FunctionalInterface
public interface SubmittedMessages {

  /// The message that was accepted under an id; empty if it was not sent through us, or is not kept
  /// any more.
  Optional<MessageSubmitted> find(WorkspaceId workspace, String messageId);
}
