package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The body of one delivery; its members are in `docs/dialects/exotel.md`. All of it follows from
/// the event, so each attempt has the same bytes.
final class ExotelBody {

  /// What is written around the platform's JSON, roughly.
  private static final int FRAME_BYTES = 512;

  /// With milliseconds, always three digits.
  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private ExotelBody() {}

  /// @throws IllegalArgumentException if Exotel has no words for the item
  static Bytes write(EventItems event, Notification item, Outgoing.Identity identity) {
    Bytes raw = event.json(item);
    JsonWriter json = new JsonWriter(raw.length() + FRAME_BYTES).beginObject();
    switch (item) {
      case Notification.Message message -> {
        head(json, ExotelDialect.INCOMING, new Told(message, RawObject.of(raw)), identity);
        json.name("message");
        ExotelMessage.write(json, message, RawObject.of(raw), identity.receivedAt());
        contact(json, event.contactJson(message, message.from()), message.from());
      }
      case Notification.Status status -> {
        head(json, ExotelDialect.STATUS, new Told(status, RawObject.of(raw)), identity);
        json.name("message");
        ExotelStatus.write(json, status, RawObject.of(raw), identity.receivedAt());
      }
      case Notification.Echo _,
          Notification.Submitted _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          throw new IllegalArgumentException("Exotel has no words for the item " + item.path());
    }
    return json.endObject().bytes();
  }

  /// An item and its own JSON.
  private record Told(Notification item, RawObject raw) {}

  /// The time is the callback's own where the event came from Exotel, else that of arrival. The
  /// account is the one by which the receiver was set, for it may compare it; else the WhatsApp
  /// Business Account.
  private static void head(JsonWriter json, String event, Told told, Outgoing.Identity identity) {
    String account = identity.account();
    Instant time = SourceText.instant(told.raw().scalar(ExotelSourceMessage.CALLBACK_TIME));
    json.member("event", event);
    json.member("timestamp", iso(time == null ? identity.receivedAt() : time));
    json.member("account_sid", account != null ? account : told.item().origin().wabaId());
  }

  private static void contact(JsonWriter json, @Nullable Bytes own, Participant user) {
    if (!user.isKnown()) {
      return;
    }
    json.name("contact");
    if (own != null && RawObject.of(own).raw("profile") != null) {
      json.compact(own);
      return;
    }
    json.beginObject().member("wa_id", user.waId()).member("user_id", user.userId());
    json.name("profile").beginObject().member("name", user.name()).endObject().endObject();
  }

  /// Errors are a code and a title here.
  static void errors(JsonWriter json, List<Bytes> errors) {
    json.name("errors").beginArray();
    for (Bytes element : errors) {
      RawObject error = RawObject.of(element);
      Bytes code = error.raw("code");
      if (code != null) {
        json.beginObject().name("code").compact(code);
        json.member("title", error.firstScalar("title", "message")).endObject();
      }
    }
    json.endArray();
  }

  /// A phone number with its plus sign; what is none stays as it is.
  static @Nullable String number(@Nullable String text) {
    String digits = SourceText.digits(text);
    boolean isNumber = digits != null && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    return isNumber ? "+" + digits : text;
  }

  static String iso(Instant instant) {
    return ISO.format(instant);
  }
}
