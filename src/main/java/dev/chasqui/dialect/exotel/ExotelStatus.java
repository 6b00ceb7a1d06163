package dev.chasqui.dialect.exotel;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Notification;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Writes one status in Exotel's form.
final class ExotelStatus {

  private ExotelStatus() {}

  /// What a status of the platform is called, empty if there is no word for it. What was played was
  /// read.
  static Optional<String> word(String status) {
    return switch (status) {
      case "sent", "delivered", "read", "failed" -> Optional.of(status);
      case "played" -> Optional.of("read");
      default -> Optional.empty();
    };
  }

  /// @throws IllegalArgumentException if there is no word for it
  static void write(
      JsonWriter json, Notification.Status status, RawObject raw, Instant receivedAt) {
    String word =
        word(status.status())
            .orElseThrow(() -> new IllegalArgumentException("a status that Exotel does not know"));
    Instant at = status.report().at();
    json.beginObject().member("id", status.wamid()).member("status", word);
    json.name("recipient").text(recipient(status, raw));
    json.member("timestamp", ExotelBody.iso(at == null ? receivedAt : at));
    if (raw.isList("errors")) {
      ExotelBody.errors(json, raw.list("errors"));
    }
    if (status.report().submission() == null) {
      // What we sent along ourselves is no word of the client's.
      json.member("custom_data", raw.scalar("biz_opaque_callback_data"));
    }
    json.endObject();
  }

  /// As the status says it, which may be a group; else as the contact beside it does.
  private static @Nullable String recipient(Notification.Status status, RawObject raw) {
    String told = raw.scalar("recipient_id");
    String waId = told == null ? status.recipient().waId() : told;
    return waId == null ? status.recipient().userId() : ExotelBody.number(waId);
  }
}
