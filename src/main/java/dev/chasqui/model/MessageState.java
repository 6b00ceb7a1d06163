package dev.chasqui.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The state of a message as the sum of all statuses of it. The sum does not depend on the order in
/// which statuses are added, nor on how often (product.md 4): a state moves forward only, `failed`
/// holds unless a status that is not earlier proves it wrong, and a message that was read counts as
/// delivered, also without a status that says so.
///
/// @param inbound whether the user wrote it
/// @param reached the furthest step of its way
/// @param provenAt the latest time at which it is known to have been delivered, null if never
/// @param failedAt the latest time at which it was said to have failed, null if never
public record MessageState(
    boolean inbound, Reached reached, @Nullable Instant provenAt, @Nullable Instant failedAt) {

  /// The steps of a message's way, in order.
  public enum Reached {
    ACCEPTED("accepted"),
    SENT("sent"),
    DELIVERED("delivered"),
    READ("read"),
    PLAYED("played");

    private final String wire;

    Reached(String wire) {
      this.wire = wire;
    }
  }

  /// Nothing is known but that the message exists.
  public static final MessageState NONE = new MessageState(false, Reached.ACCEPTED, null, null);

  /// The state that one notification alone gives its message.
  ///
  /// @param receivedAt stands in for the platform's time where that is missing
  public static MessageState of(Notification notification, Instant receivedAt) {
    return switch (notification) {
      case Notification.Message _ -> new MessageState(true, Reached.ACCEPTED, null, null);
      case Notification.Echo _ -> new MessageState(false, Reached.SENT, null, null);
      case Notification.Status status -> ofStatus(status, receivedAt);
      case Notification.Submitted _ -> NONE;
      case Notification.Call _, Notification.Problem _, Notification.Change _ -> NONE;
    };
  }

  private static MessageState ofStatus(Notification.Status status, Instant receivedAt) {
    Instant told = status.report().at();
    Instant at = told == null ? receivedAt : told;
    return switch (status.status()) {
      case "sent" -> new MessageState(false, Reached.SENT, null, null);
      case "delivered" -> new MessageState(false, Reached.DELIVERED, at, null);
      case "read" -> new MessageState(false, Reached.READ, at, null);
      case "played" -> new MessageState(false, Reached.PLAYED, at, null);
      case "failed" -> new MessageState(false, Reached.ACCEPTED, null, at);
      default -> NONE;
    };
  }

  /// This and what else was said.
  public MessageState plus(MessageState other) {
    return new MessageState(
        inbound || other.inbound,
        reached.compareTo(other.reached) >= 0 ? reached : other.reached,
        later(provenAt, other.provenAt),
        later(failedAt, other.failedAt));
  }

  /// The word in the API: `received` for what the user wrote, else `accepted`, `sent`, `delivered`,
  /// `read`, `played` or `failed`.
  public String word() {
    if (inbound) {
      return "received";
    }
    return hasFailed() ? "failed" : reached.wire;
  }

  /// Whether it failed and nothing that is not earlier proves that wrong.
  public boolean hasFailed() {
    return failedAt != null && (provenAt == null || provenAt.isBefore(failedAt));
  }

  private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
