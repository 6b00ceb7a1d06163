package dev.chasqui.model;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// The name of the claim on a conversation: what receivers of Turn's webhooks get as `X-Turn-Claim`
/// and give back. It follows from the conversation, so each attempt of each delivery tells the same
/// one, and nothing has to be remembered for it.
public record ClaimId(UUID uuid) {

  /// The claim on the conversation of a business number with a contact.
  ///
  /// @param contact the contact's digits, or its business-scoped user id if it has none
  public static ClaimId of(WorkspaceId workspace, String phoneNumberId, String contact) {
    String name = String.join("\n", "claim", workspace.value(), phoneNumberId, contact);
    return new ClaimId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /// The claim on the conversation of a business number with a group.
  public static ClaimId ofGroup(WorkspaceId workspace, String phoneNumberId, String group) {
    String name = String.join("\n", "claim of group", workspace.value(), phoneNumberId, group);
    return new ClaimId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  /// The claim that a text names, empty if it names none.
  public static Optional<ClaimId> parse(String text) {
    try {
      return Optional.of(new ClaimId(UUID.fromString(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return uuid.toString();
  }
}
