package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Via;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Turn's own block of a message, `_vnd.v1`. What this gateway does not keep (labels, assignment,
/// cards) is empty or null, as it is with a conversation that nobody has touched; ids are made of
/// what they stand for, so that they are the same in every attempt and for every receiver.
final class TurnVendor {

  /// With microseconds, always six digits.
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Told told;
  private final Author author;
  private final Outgoing.Identity identity;

  /// The message.
  ///
  /// @param number the business number's id
  /// @param group the group that it was written in, null in a chat of two
  private record Told(
      boolean isInbound,
      @Nullable String number,
      @Nullable String id,
      Participant contact,
      @Nullable String group,
      Via via,
      Extra extra) {

    /// The contact's id, or that of the group if that is all there is.
    @Nullable String contactId() {
      String id = contact.id();
      return id == null ? group : id;
    }

    /// A group is another conversation than the one with a member of it.
    @Nullable String conversation() {
      return group == null ? contact.id() : "group " + group;
    }
  }

  /// What only messages that were sent have.
  ///
  /// @param inReplyTo the message that it answers, null if nobody has said
  /// @param rendered a template in plain text, null for all else
  private record Extra(@Nullable String inReplyTo, @Nullable String rendered) {
    static final Extra NONE = new Extra(null, null);
  }

  private record Author(@Nullable String id, @Nullable String name, String type) {}

  private TurnVendor(Told told, Author author, Outgoing.Identity identity) {
    this.told = told;
    this.author = author;
    this.identity = identity;
  }

  /// The block of a message from a contact.
  static TurnVendor of(Notification.Message message, Outgoing.Identity identity) {
    Participant from = message.from();
    Notification.Origin origin = message.origin();
    return new TurnVendor(
        new Told(
            true,
            origin.phoneNumberId(),
            message.wamid(),
            from,
            message.group(),
            origin.via(),
            Extra.NONE),
        new Author(from.id(), from.name(), "OWNER"),
        identity);
  }

  /// The block of a message to a contact. Tokens have no names: their kind stands in.
  ///
  /// @param inReplyTo the message that it answers, null if nobody has said
  /// @param rendered a template in plain text, null for all else
  static TurnVendor of(
      Notification.Submitted submitted,
      @Nullable String inReplyTo,
      @Nullable String rendered,
      Outgoing.Identity identity) {
    Sending sending = submitted.sending();
    Sending.Author author = sending.author();
    String token = Objects.requireNonNullElse(author.tokenId(), author.kind());
    return new TurnVendor(
        new Told(
            false,
            submitted.origin().phoneNumberId(),
            sending.messageId(),
            sending.recipient(),
            submitted.group(),
            sending.via(),
            new Extra(inReplyTo, rendered)),
        new Author(uuid(identity, "token", null, token), author.kind(), "SYSTEM"),
        identity);
  }

  void write(JsonWriter json) {
    json.beginObject().name("v1").beginObject();
    json.name("author").beginObject();
    json.name("id").text(author.id()).name("name").text(author.name());
    json.member("type", author.type()).endObject();
    json.name("card_uuid").text(null);
    chat(json);
    json.member("direction", told.isInbound() ? "inbound" : "outbound");
    json.name("faq_uuid").text(null).name("in_reply_to").text(told.extra().inReplyTo());
    json.member("inserted_at", iso(identity.receivedAt()));
    json.name("labels").beginArray().endArray();
    json.name("last_status").text(null).name("last_status_timestamp").text(null);
    json.name("on_fallback_channel").flag(told.via() == Via.FALLBACK);
    json.name("rendered_content").text(told.extra().rendered());
    json.member("uuid", uuid(identity, "message", told.number(), told.id()));
    json.endObject().endObject();
  }

  private void chat(JsonWriter json) {
    String way = told.isInbound() ? "inbound" : "outbound";
    json.name("chat").beginObject();
    json.name("assigned_to").text(null);
    json.member("contact_uuid", uuid(identity, "contact", null, told.contactId()));
    json.member("inserted_at", iso(identity.receivedAt()));
    json.name("owner").text(owner());
    json.name("permalink").text(null);
    json.member("state", "OPEN").member("state_reason", "Opened by an " + way + " message.");
    json.name("unread_count").number(told.isInbound() ? 1 : 0);
    json.member("updated_at", iso(identity.receivedAt()));
    json.member("uuid", uuid(identity, "chat", told.number(), told.conversation()));
    json.endObject();
  }

  /// The group, or the contact as a number with its plus sign, or by its BSUID.
  private @Nullable String owner() {
    String waId = told.contact().waId();
    boolean isNumber = told.group() == null && waId != null;
    return isNumber ? "+" + waId : told.group() != null ? told.group() : told.contact().userId();
  }

  private static String uuid(
      Outgoing.Identity identity, String kind, @Nullable String number, @Nullable String id) {
    String name = String.join("\n", kind, identity.workspace().value(), "" + number, "" + id);
    return UUID.nameUUIDFromBytes(Bytes.utf8(name).toArray()).toString();
  }

  private static String iso(Instant instant) {
    return ISO.format(instant);
  }
}
