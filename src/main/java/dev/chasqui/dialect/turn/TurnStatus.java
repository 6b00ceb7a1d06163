package dev.chasqui.dialect.turn;

import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One status in the on-premises shape. The recipient stands in both places where receivers look:
/// at the top, as it was, and in `message`, as it is now.
final class TurnStatus {

  private static final Set<String> REWRITTEN =
      Set.of("id", "status", "timestamp", "recipient_id", "message", "errors");

  private TurnStatus() {}

  /// What a status of the platform is called, empty if there is no word for it: receivers refuse
  /// words that they do not know. What was played was read.
  static Optional<String> word(String status) {
    return switch (status) {
      case "sent", "delivered", "read", "failed", "deleted" -> Optional.of(status);
      case "played" -> Optional.of("read");
      default -> Optional.empty();
    };
  }

  /// @throws IllegalArgumentException if there is no word for it
  static void write(
      JsonWriter json, Notification.Status status, RawObject raw, Instant receivedAt) {
    String word =
        word(status.status())
            .orElseThrow(() -> new IllegalArgumentException("a status that Turn does not know"));
    String recipient = recipient(status, raw);
    json.beginObject();
    json.member("id", status.wamid()).member("status", word);
    TurnBody.timestamp(json, status.report().at(), receivedAt);
    json.name("recipient_id").text(recipient);
    json.name("message").beginObject().name("recipient_id").text(recipient).endObject();
    if (raw.isList("errors")) {
      json.name("errors");
      TurnErrors.write(json, raw.list("errors"));
    }
    for (Map.Entry<String, Bytes> member : raw.members().entrySet()) {
      if (!REWRITTEN.contains(member.getKey())) {
        json.name(member.getKey()).compact(member.getValue());
      }
    }
    json.endObject();
  }

  /// As the status says it, which may be a group; else as the contact beside it does.
  private static String recipient(Notification.Status status, RawObject raw) {
    String told = raw.scalar("recipient_id");
    return told != null && !told.isBlank() ? told : TurnBody.idOf(status.recipient(), null);
  }
}
