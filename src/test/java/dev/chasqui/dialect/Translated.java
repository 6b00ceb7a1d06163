package dev.chasqui.dialect;

import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Notification;
import dev.chasqui.model.SourceChannel;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A webhook of another source as the envelope it became.
public record Translated(Bytes bytes, Envelope envelope, List<Notification> items) {

  public static final Instant RECEIVED = Instant.parse("2026-11-21T09:00:00.123456Z");

  public static final SourceChannel CHANNEL =
      new SourceChannel("channel-1", "106540352242922", "102290129340398", "15550001111");

  /// What a source makes of a body.
  public static Translation translate(SourceDialect source, Bytes body, String contentType) {
    return translate(source, body, Map.of("content-type", contentType), CHANNEL);
  }

  public static Translation translate(
      SourceDialect source, Bytes body, Map<String, String> headers, SourceChannel channel) {
    return source.toEnvelope(
        new Incoming(body, name -> headers.get(name.toLowerCase(Locale.ROOT)), RECEIVED, channel));
  }

  public static Translated of(SourceDialect source, String json) {
    return of(translate(source, Bytes.utf8(json), "application/json"));
  }

  public static Translated of(Translation translation) {
    if (!(translation instanceof Translation.Envelope(Bytes bytes))) {
      throw new AssertionError("not a webhook: " + translation);
    }
    if (!(EnvelopeScanner.scan(bytes) instanceof Envelope envelope)) {
      throw new AssertionError("no envelope: " + bytes.toUtf8());
    }
    return new Translated(bytes, envelope, Notifications.of(envelope));
  }

  /// The value of the first change.
  public JsonNode value() {
    return Json.read(bytes).path("entry").path(0).path("changes").path(0).path("value");
  }

  public String text() {
    return bytes.toUtf8();
  }

  /// The only message.
  public Notification.Message message() {
    return (Notification.Message) only();
  }

  /// The only status.
  public Notification.Status status() {
    return (Notification.Status) only();
  }

  private Notification only() {
    if (items.size() != 1) {
      throw new AssertionError(items.size() + " items in " + text());
    }
    return items.getFirst();
  }
}
