package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.LedgerStore.Folded;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// All that is known of one contact. [#plus] gives the same whatever the order and however often
/// the parts are added.
record Contact(
    @Nullable String waId,
    @Nullable String userId,
    @Nullable Named named,
    Failures failures,
    boolean fallback,
    @Nullable Instant inboundAt) {

  /// A name, and the event that told it; the newest stays.
  record Named(String name, EventId by) {}

  /// Failures since the newest sign of life, each known by its event.
  ///
  /// @param resetBy the newest event with a delivery, a read, or a message from the contact
  record Failures(@Nullable EventId resetBy, SortedSet<EventId> failedBy) {

    /// No threshold is higher.
    static final int KEPT = 100;

    static final Failures NONE = new Failures(null, new TreeSet<>());

    Failures plus(Failures other) {
      EventId reset = newer(resetBy, other.resetBy);
      SortedSet<EventId> all = new TreeSet<>(failedBy);
      all.addAll(other.failedBy);
      if (reset != null) {
        all.removeIf(e -> e.compareTo(reset) <= 0);
      }
      while (all.size() > KEPT) {
        all.removeFirst();
      }
      return new Failures(reset, all);
    }

    private static @Nullable EventId newer(@Nullable EventId a, @Nullable EventId b) {
      if (a == null || b == null) {
        return a == null ? b : a;
      }
      return a.compareTo(b) >= 0 ? a : b;
    }
  }

  /// What one notification says of the user it is about.
  static Contact of(Folded folded) {
    Participant who = Folding.participant(folded.notification());
    String name = who.name();
    return new Contact(
        who.waId(),
        who.userId(),
        name == null ? null : new Named(name, folded.event()),
        failures(folded),
        false,
        inboundAt(folded));
  }

  private static Failures failures(Folded folded) {
    return switch (folded.notification()) {
      case Notification.Message _ -> new Failures(folded.event(), new TreeSet<>());
      case Notification.Status status -> failures(status, folded);
      case Notification.Echo _,
          Notification.Submitted _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          Failures.NONE;
    };
  }

  private static Failures failures(Notification.Status status, Folded folded) {
    return switch (status.status()) {
      case "delivered", "read", "played" -> new Failures(folded.event(), new TreeSet<>());
      case "failed" ->
          folded.fresh()
              ? new Failures(null, new TreeSet<>(List.of(folded.event())))
              : Failures.NONE;
      default -> Failures.NONE;
    };
  }

  private static @Nullable Instant inboundAt(Folded folded) {
    if (folded.notification() instanceof Notification.Message message) {
      return message.at() == null ? folded.event().ulid().time() : message.at();
    }
    return null;
  }

  Contact plus(Contact other) {
    return new Contact(
        greater(waId, other.waId),
        greater(userId, other.userId),
        newer(named, other.named),
        failures.plus(other.failures),
        fallback || other.fallback,
        greater(inboundAt, other.inboundAt));
  }

  private static @Nullable Named newer(@Nullable Named a, @Nullable Named b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.by().compareTo(b.by()) >= 0 ? a : b;
  }

  private static <T extends Comparable<T>> @Nullable T greater(@Nullable T a, @Nullable T b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }

  ContactView view() {
    return new ContactView(
        waId,
        userId,
        named == null ? null : named.name(),
        failures.failedBy().size(),
        fallback,
        inboundAt);
  }
}
