package dev.chasqui.api.turn;

import dev.chasqui.model.WorkspaceId;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Reads the messages of a contact, both ways. `app` implements it with the journal.
@FunctionalInterface
public interface ContactHistory {

  /// The newest messages of a contact with a phone number, newest first, as Turn's webhooks tell
  /// them: what it wrote, and what was sent to it. What the journal does not keep any more is left
  /// out, and so are the oldest if all together are too large.
  ///
  /// @param id one of the contact's ids
  /// @param limit the most to tell
  /// @throws dev.chasqui.store.StoreException [dev.chasqui.store.StoreException.Kind#BUSY] if too
  ///   many are read just now
  List<ObjectNode> newest(WorkspaceId workspace, String phoneNumberId, String id, int limit)
      throws InterruptedException;
}
