package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SourceText;
import dev.chasqui.dialect.meta.EnvelopeBuilder;
import dev.chasqui.dialect.meta.ItemKind;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.json.RawObject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A message of another channel as Turn's Events API takes it (`event_type: external_message`). One
/// that came in becomes a text message, one that went out an echo.
final class ExternalMessage {

  private static final String TYPE = "external_message";

  private ExternalMessage() {}

  /// Adds the event of a body, if it is one and says who it is about.
  static void add(RawObject body, Incoming webhook, EnvelopeBuilder envelope) {
    RawObject details = body.object("details");
    boolean isOutbound = "outbound".equals(details.scalar("direction"));
    String contact = contact(body, details, isOutbound);
    if (!TYPE.equals(body.scalar("event_type")) || contact == null) {
      return;
    }
    ItemKind kind = isOutbound ? ItemKind.ECHO : ItemKind.MESSAGE;
    JsonWriter out = new JsonWriter(256).beginObject();
    out.member(isOutbound ? "to" : "from", contact);
    out.member("id", id(body, webhook));
    out.member("timestamp", SourceText.seconds(body.scalar("timestamp"), webhook.receivedAt()));
    out.member("type", "text").name("text").beginObject();
    String content = details.scalar("content");
    out.member("body", content == null ? "" : content).endObject();
    envelope.group(kind, null).add(out.endObject().bytes());
  }

  private static @Nullable String contact(RawObject body, RawObject details, boolean isOutbound) {
    String urn = body.scalar("urn");
    boolean isFromContact = urn == null && !isOutbound;
    return SourceText.digits(isFromContact ? details.scalar("from_addr") : urn);
  }

  /// Without an id of its own an event is named by its bytes: the same event again is the same
  /// message, and none is lost.
  private static String id(RawObject body, Incoming webhook) {
    String own = body.scalar("event_id");
    return own != null ? own : UUID.nameUUIDFromBytes(webhook.body().toArray()).toString();
  }
}
