package dev.chasqui.store;

import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/// The claims on conversations that somebody holds just now.
public interface ConversationClaims {

  /// Holds a claim until then; of two calls the later one stays.
  void hold(Conversation conversation, Instant until);

  /// Lets a claim go; nothing happens if nobody holds it.
  void release(Conversation conversation);

  /// Until when a claim is held, empty if nobody holds it now.
  Optional<Instant> heldUntil(Conversation conversation, Instant now);

  /// A conversation of a number, by the name of its claim.
  record Conversation(WorkspaceId workspace, String phoneNumberId, ClaimId claim) {}
}
