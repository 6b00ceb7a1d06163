package dev.chasqui.dialect.exotel;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One message of the Cloud API as Exotel tells it. Numbers have a plus sign, times are ISO-8601, a
/// chosen button is of type `button`, a chosen row of a list of type `list_reply`. All that is not
/// named here is passed on as it is, so that new types and members arrive.
final class ExotelMessage {

  /// What is written before the rest, or instead of it.
  private static final Set<String> REWRITTEN =
      Set.of("id", "from", "to", "timestamp", "type", "errors", ExotelSourceMessage.CALLBACK_TIME);

  /// A type of Exotel's.
  ///
  /// @param member the member of the platform's message that it takes the place of
  /// @param json its content, null if the platform sends none
  private record Content(String type, String member, @Nullable Bytes json) {}

  private ExotelMessage() {}

  static void write(
      JsonWriter json, Notification.Message message, RawObject raw, Instant receivedAt) {
    Content content = content(message.type(), raw);
    json.beginObject().member("id", message.wamid());
    String waId = message.from().waId();
    json.member("from", waId == null ? message.from().userId() : ExotelBody.number(waId));
    json.member("to", ExotelBody.number(message.origin().displayPhoneNumber()));
    Instant at = message.at();
    json.member("timestamp", ExotelBody.iso(at == null ? receivedAt : at));
    json.member("type", content.type());
    if (!REWRITTEN.contains(content.type())) {
      Bytes own = content.json();
      json.name(content.type()).compact(own == null ? empty(content.type()) : own);
    }
    if (raw.isList("errors")) {
      ExotelBody.errors(json, raw.list("errors"));
    }
    for (Map.Entry<String, Bytes> member : raw.members().entrySet()) {
      String name = member.getKey();
      boolean isContent = name.equals(content.member()) || name.equals(content.type());
      if (!isContent && !REWRITTEN.contains(name)) {
        json.name(name).compact(member.getValue());
      }
    }
    json.endObject();
  }

  private static Bytes empty(String type) {
    return Bytes.utf8(type.equals("contacts") ? "[]" : "{}");
  }

  private static Content content(String type, RawObject raw) {
    return switch (type) {
      case "voice" -> new Content("audio", "voice", raw.raw("voice"));
      case "interactive" -> chosen(raw.object("interactive"), raw.raw("interactive"));
      default -> new Content(type, type, raw.raw(type));
    };
  }

  /// What a user chose. Other interactive replies (flows, permissions) have no type here and stay
  /// what they are.
  private static Content chosen(RawObject interactive, @Nullable Bytes whole) {
    RawObject button = interactive.object("button_reply");
    if (!button.members().isEmpty()) {
      JsonWriter json = new JsonWriter(128).beginObject();
      json.member("text", button.scalar("title")).member("payload", button.scalar("id"));
      return new Content("button", "interactive", json.endObject().bytes());
    }
    Bytes row = interactive.raw("list_reply");
    return row != null && RawObject.isObject(row)
        ? new Content("list_reply", "interactive", row)
        : new Content("interactive", "interactive", whole);
  }
}
