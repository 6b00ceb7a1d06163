package dev.chasqui.routing;

import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Notification.Origin;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Via;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Items to route.
final class Items {

  static final String WABA = "100";
  static final String NUMBER = "200";

  private Items() {}

  static Origin origin(String field, @Nullable String waba, @Nullable String number) {
    return new Origin(field, waba, number, null);
  }

  static Notification change(String field) {
    return change(field, WABA, NUMBER);
  }

  static Notification change(String field, @Nullable String waba, @Nullable String number) {
    return new Notification.Change(ItemPath.ofChange(0, 0), origin(field, waba, number), null);
  }

  static Notification message(int item, String type, Participant from) {
    return new Notification.Message(
        new ItemPath(0, 0, item),
        origin("messages", WABA, NUMBER),
        "wamid." + item,
        type,
        from,
        null);
  }

  static Notification text(int item) {
    return message(item, "text", user("5511"));
  }

  static Notification status(int item, String status) {
    return new Notification.Status(
        new ItemPath(0, 0, item),
        origin("messages", WABA, NUMBER),
        "wamid." + item,
        status,
        user("5511"),
        null,
        new Notification.Report(null, List.of()));
  }

  static Notification echo(int item, String type) {
    return new Notification.Echo(
        new ItemPath(0, 0, item),
        origin("smb_message_echoes", WABA, NUMBER),
        "wamid." + item,
        type,
        user("5511"),
        null);
  }

  static Notification call(int item) {
    return new Notification.Call(
        new ItemPath(0, 0, item),
        origin("calls", WABA, NUMBER),
        "wacid." + item,
        "connect",
        user("5511"),
        null);
  }

  /// The same as a bridge tells it.
  static Notification overFallback(Notification item) {
    Origin origin = new Origin("messages", WABA, NUMBER, null, Via.FALLBACK);
    return switch (item) {
      case Notification.Message it ->
          new Notification.Message(it.path(), origin, it.wamid(), it.type(), it.from(), it.at());
      case Notification.Status it ->
          new Notification.Status(
              it.path(),
              origin,
              it.wamid(),
              it.status(),
              it.recipient(),
              it.participant(),
              it.report());
      default -> throw new IllegalArgumentException("a bridge does not tell of " + item);
    };
  }

  static Participant user(String waId) {
    return new Participant(waId, null, null);
  }
}
