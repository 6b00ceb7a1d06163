package dev.chasqui.dialect.turn;

import java.util.LinkedHashMap;
import java.util.Map;

/// Webhooks as Turn sends them, one for each kind.
public final class TurnWebhooks {

  private static final String MEDIA =
      "{\"file\":\"/usr/local/media/f1\",\"id\":\"f1\",\"link\":\"https://media.example/f1\","
          + "\"mime_type\":\"%s\",\"sha256\":\"c0ffee\"%s}";

  private TurnWebhooks() {}

  /// Bodies of messages by their type.
  public static Map<String, String> messages() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("text", "{\"body\":\"¿Cómo estás? ☺\"}");
    bodies.put("image", MEDIA.formatted("image/jpeg", ",\"caption\":\"la foto\""));
    bodies.put("document", MEDIA.formatted("application/pdf", ",\"caption\":null"));
    bodies.put("audio", MEDIA.formatted("audio/ogg", ""));
    bodies.put("voice", MEDIA.formatted("audio/ogg; codecs=opus", ""));
    bodies.put("video", MEDIA.formatted("video/mp4", ""));
    bodies.put("sticker", MEDIA.formatted("image/webp", ""));
    bodies.put(
        "location",
        "{\"address\":\"Plaza 1\",\"latitude\":-13.51634,\"longitude\":-71.97823,\"name\":\"P\"}");
    bodies.put("contacts", "[{\"name\":{\"formatted_name\":\"Inti\"},\"phones\":[]}]");
    bodies.put("button", "{\"payload\":null,\"text\":\"Sí\"}");
    bodies.put(
        "interactive",
        "{\"type\":\"list_reply\",\"list_reply\":{\"id\":\"1\",\"title\":\"Uno\","
            + "\"description\":\"el primero\"}}");
    bodies.put("order", "{\"catalog_id\":\"7\",\"product_items\":[{\"quantity\":2}]}");
    bodies.put("reaction", "{\"message_id\":\"m0\",\"emoji\":\"👍\"}");
    bodies.put(
        "system",
        "{\"body\":\"changed\",\"new_wa_id\":\"51900000009\",\"type\":\"user_changed_number\"}");
    bodies.put("hologram", "{\"depth\":[3]}");
    return bodies;
  }

  /// A webhook with one message.
  public static String message(String type, String body) {
    return """
    {"contacts":[{"profile":{"name":"Rosa"},"wa_id":"51900000001"}],"messages":[{"context":\
    {"from":"15550001111","id":"m0"},"from":"51900000001","id":"in.%s","timestamp":"1706709716",\
    "type":"%s","%s":%s,"_vnd":{"v1":{"direction":"inbound","labels":[]}}}]}"""
        .formatted(type, type, type, body);
  }

  /// A status with its recipient where the newer shape has it.
  public static String status(String status) {
    return """
    {"statuses":[{"id":"out.%s","status":"%s","timestamp":"1518694700","message":\
    {"recipient_id":"16315555555"}}]}"""
        .formatted(status, status);
  }

  /// A status of a message that failed.
  public static String failed() {
    return """
    {"statuses":[{"id":"out.failed","status":"failed","timestamp":1518694700,"recipient_id":\
    "16315555555","errors":[{"code":131026,"title":"Undeliverable","details":"no such user",\
    "href":"https://docs.example/errors"}]}]}""";
  }

  public static String errors() {
    return "{\"errors\":[{\"code\":500,\"title\":\"Generic\",\"details\":\"broken\",\"href\":\"h\"}]}";
  }

  /// A message that was sent through Turn's interface, as the subscription `turn` tells it.
  public static String submitted() {
    return """
    {"preview_url":false,"recipient_type":"individual","to":"+51900000001","type":"text",\
    "text":{"body":"Hola"},"_vnd":{"v1":{"direction":"outbound"}}}""";
  }
}
