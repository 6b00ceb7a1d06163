package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.MessageState;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.store.EventViews.StatusView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known of one message. [#plus] gives the same whatever the order and however often
/// the parts are added.
///
/// @param lastEvent the newest event that spoke of it
/// @param statuses the earliest that were told, at most [#STATUSES_KEPT]
record LedgerRow(
    MessageState state, About about, EventId lastEvent, NavigableSet<LedgerStatus> statuses) {

  /// A message to a large group has a status per member; the state sums up all of them.
  static final int STATUSES_KEPT = 64;

  /// What a message is. Where two events differ, which should not happen, the greater text stays.
  record About(@Nullable String phoneNumberId, @Nullable String type, @Nullable String contact) {

    About plus(About other) {
      return new About(
          greater(phoneNumberId, other.phoneNumberId),
          greater(type, other.type),
          greater(contact, other.contact));
    }
  }

  LedgerRow plus(LedgerRow other) {
    NavigableSet<LedgerStatus> all = new TreeSet<>(LedgerStatus.ORDER);
    // Of two that tell the same, the earlier event's stands first and so is the one that stays.
    Stream.concat(statuses.stream(), other.statuses.stream())
        .sorted(LedgerStatus.BY_EVENT)
        .forEach(all::add);
    while (all.size() > STATUSES_KEPT) {
      all.removeLast();
    }
    return new LedgerRow(
        state.plus(other.state),
        about.plus(other.about),
        lastEvent.compareTo(other.lastEvent) >= 0 ? lastEvent : other.lastEvent,
        all);
  }

  /// The wamid that a notification speaks of, null if it is about no message.
  static @Nullable String wamid(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> message.wamid();
      case Notification.Status status -> status.wamid();
      case Notification.Echo echo -> echo.wamid();
      case Notification.Submitted submitted -> submitted.sending().messageId();
      case Notification.Call _, Notification.Problem _, Notification.Change _ -> null;
    };
  }

  /// The row that one notification contributes, to be merged with others of the same message.
  static LedgerRow of(LedgerItem item) {
    Notification notification = item.notification();
    Instant receivedAt = item.event().ulid().time();
    NavigableSet<LedgerStatus> statuses = new TreeSet<>(LedgerStatus.ORDER);
    if (notification instanceof Notification.Status status) {
      statuses.add(LedgerStatus.of(status, item.event()));
    }
    if (notification instanceof Notification.Submitted submitted
        && submitted.sending().outcome() instanceof Sending.Outcome.Accepted accepted
        && accepted.messageStatus() != null) {
      statuses.add(LedgerStatus.ofAnswer(accepted.messageStatus(), item.event()));
    }
    Participant who = notification.user();
    About about = new About(notification.origin().phoneNumberId(), type(notification), who.id());
    return new LedgerRow(MessageState.of(notification, receivedAt), about, item.event(), statuses);
  }

  private static @Nullable String type(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> message.type();
      case Notification.Echo echo -> echo.type();
      case Notification.Submitted submitted -> submitted.sending().content().type();
      case Notification.Status _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          null;
    };
  }

  List<StatusView> statusViews() {
    return statuses.stream().map(LedgerStatus::view).toList();
  }

  private static @Nullable String greater(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) >= 0 ? a : b;
  }
}
