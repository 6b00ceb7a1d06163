package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One message of the Cloud API in the on-premises shape. They differ in little: a voice message is
/// a type of its own there, media have a `link`, a changed number another name, errors other
/// members. All that is not named here is passed on as it is, so that new types and members arrive.
final class TurnMessage {

  /// What is written before the rest, or instead of it.
  private static final Set<String> REWRITTEN =
      Set.of("from", "from_user_id", "from_bsuid", "id", "timestamp", "type", "errors", "_vnd");

  private static final Set<String> MEDIA =
      Set.of("audio", "document", "image", "sticker", "video", "voice");

  private final Notification.Message message;
  private final Outgoing.Identity identity;

  TurnMessage(Notification.Message message, Outgoing.Identity identity) {
    this.message = message;
    this.identity = identity;
  }

  void write(JsonWriter json, RawObject raw) {
    String type = type(raw);
    json.beginObject();
    json.member("from", TurnBody.idOf(message.from(), message.group()));
    json.member("from_user_id", message.from().userId());
    json.member("from_bsuid", message.from().userId());
    json.member("id", message.wamid());
    TurnBody.timestamp(json, message.at(), identity.receivedAt());
    json.member("type", type);
    content(json, type, raw.raw(message.type()));
    if (raw.isList("errors")) {
      json.name("errors");
      TurnErrors.write(json, raw.list("errors"));
    }
    rest(json, raw, type);
    vendor(json, raw.raw("_vnd"));
    json.endObject();
  }

  /// The Cloud API knows a voice message by a mark in its audio.
  private String type(RawObject raw) {
    Bytes mark = raw.object("audio").raw("voice");
    boolean isVoice = message.type().equals("audio") && mark != null && mark.at(0) == 't';
    return isVoice ? "voice" : message.type();
  }

  /// The object that the type names. It is there even if the platform sends none: receivers refuse
  /// a message without it.
  private static void content(JsonWriter json, String type, @Nullable Bytes content) {
    if (REWRITTEN.contains(type)) {
      return;
    }
    json.name(type);
    if (content == null) {
      json.compact(Bytes.utf8(type.equals("contacts") ? "[]" : "{}"));
    } else if (MEDIA.contains(type)) {
      withAlias(json, RawObject.of(content), "url", "link");
    } else if (type.equals("system")) {
      withAlias(json, RawObject.of(content), "wa_id", "new_wa_id");
    } else {
      json.compact(content);
    }
  }

  /// An object with one of its members under a second name as well.
  private static void withAlias(JsonWriter json, RawObject object, String name, String alias) {
    json.beginObject();
    object.members().forEach((key, value) -> json.name(key).compact(value));
    Bytes value = object.raw(name);
    if (value != null && !object.has(alias)) {
      json.name(alias).compact(value);
    }
    json.endObject();
  }

  private void rest(JsonWriter json, RawObject raw, String type) {
    for (Map.Entry<String, Bytes> member : raw.members().entrySet()) {
      String name = member.getKey();
      boolean isContent = name.equals(type) || name.equals(message.type());
      if (!isContent && !REWRITTEN.contains(name)) {
        json.name(name).compact(member.getValue());
      }
    }
  }

  /// A block that came from Turn itself knows more than we do.
  private void vendor(JsonWriter json, @Nullable Bytes own) {
    json.name("_vnd");
    if (own != null && RawObject.isObject(own)) {
      json.compact(own);
    } else {
      TurnVendor.of(message, identity).write(json);
    }
  }
}
