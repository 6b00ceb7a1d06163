package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turn's own block of an inbound message, `_vnd.v1`. What this gateway does not keep (labels,
/// assignment, cards) is empty or null, as it is with a conversation that nobody has touched; ids
/// are made of what they stand for, so that they are the same in every attempt and for every
/// receiver.
final class TurnVendor {

  /// With microseconds, always six digits.
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Notification.Message message;
  private final Outgoing.Identity identity;

  TurnVendor(Notification.Message message, Outgoing.Identity identity) {
    this.message = message;
    this.identity = identity;
  }

  void write(JsonWriter json) {
    json.beginObject().name("v1").beginObject();
    author(json);
    json.name("card_uuid").text(null);
    chat(json);
    json.member("direction", "inbound");
    json.name("faq_uuid").text(null).name("in_reply_to").text(null);
    json.member("inserted_at", iso(identity.receivedAt()));
    json.name("labels").beginArray().endArray();
    json.name("last_status").text(null).name("last_status_timestamp").text(null);
    json.name("on_fallback_channel").flag(false);
    json.name("rendered_content").text(null);
    json.member("uuid", uuid("message", message.origin().phoneNumberId(), message.wamid()));
    json.endObject().endObject();
  }

  private void author(JsonWriter json) {
    json.name("author").beginObject();
    json.name("id").text(contactId()).name("name").text(message.from().name());
    json.member("type", "OWNER").endObject();
  }

  private void chat(JsonWriter json) {
    String number = message.origin().phoneNumberId();
    json.name("chat").beginObject();
    json.name("assigned_to").text(null);
    json.member("contact_uuid", uuid("contact", null, contactId()));
    json.member("inserted_at", iso(identity.receivedAt()));
    json.name("owner").text(owner());
    json.name("permalink").text(null);
    json.member("state", "OPEN").member("state_reason", "Opened by an inbound message.");
    json.name("unread_count").number(1);
    json.member("updated_at", iso(identity.receivedAt()));
    json.member("uuid", uuid("chat", number, contactId()));
    json.endObject();
  }

  /// The contact as a number with its plus sign, or by its BSUID.
  private @Nullable String owner() {
    Participant contact = message.from();
    return contact.waId() == null ? contact.userId() : "+" + contact.waId();
  }

  private @Nullable String contactId() {
    Participant contact = message.from();
    return contact.waId() == null ? contact.userId() : contact.waId();
  }

  private String uuid(String kind, @Nullable String number, @Nullable String id) {
    String name = String.join("\n", kind, identity.workspace().value(), "" + number, "" + id);
    return UUID.nameUUIDFromBytes(Bytes.utf8(name).toArray()).toString();
  }

  private static String iso(Instant instant) {
    return ISO.format(instant);
  }
}
