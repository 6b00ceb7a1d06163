package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.model.ClaimId;
import dev.chasqui.model.Notification;
import java.util.Objects;
import java.util.Optional;

/// The header by which a receiver of an inbound message can claim its conversation: it gives the
/// value back when it answers (`docs/turn-api.md`).
final class TurnClaim {

  static final String HEADER = "X-Turn-Claim";

  private TurnClaim() {}

  /// The header for an item, empty for what is no inbound message or names no conversation.
  static Optional<Header> of(Notification item, Outgoing.Identity identity) {
    if (!(item instanceof Notification.Message message)) {
      return Optional.empty();
    }
    String number = message.origin().phoneNumberId();
    String contact = message.from().id();
    String group = message.group();
    if (number == null || (contact == null && group == null)) {
      return Optional.empty();
    }
    ClaimId claim =
        group == null
            ? ClaimId.of(identity.workspace(), number, Objects.requireNonNull(contact))
            : ClaimId.ofGroup(identity.workspace(), number, group);
    return Optional.of(new Header(HEADER, claim.toString()));
  }
}
