package dev.chasqui.store;

import dev.chasqui.model.ClaimId;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.Optional;

/// The claims on conversations that are held now.
public interface ConversationClaims {

  /// Holds a claim until then; of two calls the later one stays.
  void hold(Conversation conversation, Instant until);

  /// Releases a claim; nothing happens if there is none.
  void release(Conversation conversation);

  /// The time until which a claim is held, empty if there is none now.
  Optional<Instant> heldUntil(Conversation conversation, Instant now);

  /// A conversation of a number, by the name of its claim.
  record Conversation(WorkspaceId workspace, String phoneNumberId, ClaimId claim) {}
}
