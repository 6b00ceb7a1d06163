package dev.chasqui.projection;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Skipped;
import dev.chasqui.store.EventRow;
import org.jspecify.annotations.Nullable;

/// The items of an event as its row keeps them.
final class ItemRows {

  static final String NEW = "new";
  static final String DUPLICATE = "duplicate";
  static final String FILTERED = "filtered";
  static final String UNASSIGNED = "unassigned";
  static final String SKIPPED = "skipped";

  private ItemRows() {}

  static EventRow.Item of(Skipped skipped) {
    return new EventRow.Item(
        skipped.path(), SKIPPED, skipped.reason().wire(), "", null, null, SKIPPED);
  }

  static EventRow.Item of(Notification item, String verdict) {
    Words words = words(item);
    Participant user = words.user();
    return new EventRow.Item(
        item.path().toString(),
        words.kind(),
        words.word(),
        item.origin().field(),
        words.itemId(),
        user.id(),
        verdict);
  }

  private static Words words(Notification item) {
    return switch (item) {
      case Notification.Message message ->
          new Words("message", message.type(), message.wamid(), message.from());
      case Notification.Status status ->
          new Words("status", status.status(), status.wamid(), status.recipient());
      case Notification.Echo echo -> new Words("echo", echo.type(), echo.wamid(), echo.to());
      case Notification.Submitted submitted -> ofSubmission(submitted.sending());
      case Notification.Call call -> new Words("call", call.event(), call.callId(), call.with());
      case Notification.Problem _ -> new Words("error", "", null, Participant.NONE);
      case Notification.Change _ -> new Words("change", "", null, Participant.NONE);
    };
  }

  private static Words ofSubmission(Sending sending) {
    String id = sending.messageId();
    return new Words(
        "submission",
        sending.content().type(),
        id == null ? sending.submission().toString() : id,
        sending.recipient());
  }

  private record Words(String kind, String word, @Nullable String itemId, Participant user) {}
}
