package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SourceFaults;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One status of the on-premises shape as Meta's. The recipient stands at the top (older), in
/// `message` (newer), in both, or nowhere; it may be null.
final class TurnSourceStatus {

  private static final Set<String> REWRITTEN =
      Set.of("id", "status", "timestamp", "recipient_id", "errors");

  private TurnSourceStatus() {}

  static Bytes write(RawObject status, Incoming webhook) {
    JsonWriter out = new JsonWriter(256).beginObject();
    SourceText.member(out, "id", status.raw("id"));
    SourceText.member(out, "status", status.raw("status"));
    out.name("timestamp")
        .text(SourceText.seconds(status.scalar("timestamp"), webhook.receivedAt()));
    out.member("recipient_id", SourceText.digits(recipient(status, webhook)));
    if (status.isList("errors")) {
      out.name("errors");
      SourceFaults.list(out, status.list("errors"));
    }
    for (Map.Entry<String, Bytes> member : status.members().entrySet()) {
      if (!REWRITTEN.contains(member.getKey())) {
        out.name(member.getKey()).raw(member.getValue());
      }
    }
    return out.endObject().bytes();
  }

  /// Bridges to short messages name none: then it is the one that the message was sent to.
  private static @Nullable String recipient(RawObject status, Incoming webhook) {
    String own = status.scalar("recipient_id");
    String told = own == null ? status.object("message").scalar("recipient_id") : own;
    String id = status.scalar("id");
    return (told == null || told.isBlank()) && id != null ? webhook.recipients().apply(id) : told;
  }
}
