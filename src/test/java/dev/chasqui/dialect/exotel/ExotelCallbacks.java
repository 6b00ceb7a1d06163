package dev.chasqui.dialect.exotel;

import java.util.LinkedHashMap;
import java.util.Map;

/// Callbacks in the shapes that Exotel's pages and its live traffic have.
public final class ExotelCallbacks {

  private ExotelCallbacks() {}

  /// Bodies of messages of shape A by their type.
  public static Map<String, String> messages() {
    Map<String, String> bodies = new LinkedHashMap<>();
    bodies.put("text", "{\"body\":\"Namaste\"}");
    bodies.put("image", media("image/jpeg"));
    bodies.put("video", media("video/mp4"));
    bodies.put("audio", media("audio/ogg"));
    bodies.put("document", media("application/pdf"));
    bodies.put("sticker", media("image/webp"));
    bodies.put("location", "{\"latitude\":12.9716,\"longitude\":77.5946,\"name\":\"Office\"}");
    bodies.put("contacts", "[{\"name\":{\"formatted_name\":\"Asha\"}}]");
    bodies.put("button", "{\"text\":\"Yes\",\"payload\":\"confirm-7\"}");
    bodies.put("list_reply", "{\"id\":\"r1\",\"title\":\"One\",\"description\":\"first\"}");
    bodies.put("order", "{\"catalog_id\":\"c\",\"product_items\":[{\"quantity\":1}]}");
    bodies.put("reaction", "{\"message_id\":\"m0\",\"emoji\":\"🙏\"}");
    bodies.put("hologram", "{\"depth\":3}");
    return bodies;
  }

  private static String media(String type) {
    return "{\"id\":\"media-1\",\"mime_type\":\"%s\",\"sha256\":\"c0ffee\",\"caption\":\"c\"}"
        .formatted(type);
  }

  public static String shapeA(String type, String body) {
    return """
    {"event":"incoming_message","timestamp":"2026-01-15T09:00:01.000Z","account_sid":"acme1",\
    "message":{"id":"in.%s","from":"+919800000001","to":"+91 79000-00002","timestamp":\
    "2026-01-15T09:00:00.000Z","type":"%s","%s":%s,"context":{"from":"917900000002","id":"m0"}},\
    "contact":{"wa_id":"919800000001","profile":{"name":"Asha"}}}"""
        .formatted(type, type, type, body);
  }

  /// The shorter form of shape A, without times, receiver and contact.
  public static String shortA() {
    return """
    {"event":"incoming_message","message":{"id":"short","from":"+919800000001","type":"image",\
    "image":{"id":"media-1","mime_type":"image/jpeg","sha256":"c0ffee","caption":"c"}}}""";
  }

  public static String statusA(String status) {
    return """
    {"event":"message_status","timestamp":"2026-01-15T09:00:05.000Z","message":{"id":"out.%s",\
    "status":"%s","recipient":"+919800000001","timestamp":"2026-01-15T09:00:04.000Z"}}"""
        .formatted(status, status);
  }

  /// The failure of seed 004: its title speaks of something else than its code.
  public static String failedA() {
    return """
    {"event":"message_status","message":{"id":"out.f","status":"failed","recipient":\
    "+919800000001","errors":[{"code":131026,"title":"more than 24 hours have passed"}]}}""";
  }

  public static String messageB() {
    return """
    {"type":"inbound_message","timestamp":"2026-01-15T09:00:01Z","account_sid":"acme1","data":{\
    "message_sid":"SMb","from":"+919800000001","to":"+917900000002","timestamp":\
    "2026-01-15T09:00:00Z","message":{"type":"interactive","interactive":{"type":"button_reply",\
    "button_reply":{"id":"y","title":"Yes"}}},"contact":{"profile":{"name":"Asha"},"wa_id":\
    "919800000001"}}}""";
  }

  public static String statusB() {
    return """
    {"type":"message_status","timestamp":"2026-01-15T09:00:05Z","account_sid":"acme1","data":{\
    "message_sid":"SMo","from":"+917900000002","to":"+919800000001","status":"failed","timestamp":\
    "2026-01-15T09:00:04Z","conversation":{"id":"cv","category":"utility","expiration":\
    "2026-01-16T09:00:00Z"},"pricing":{"billable":true,"category":"utility"},"errors":[{"code":\
    131047,"title":"Re-engagement message","detail":"the window is closed"}]}}""";
  }

  public static String statusC() {
    return """
    {"sid":"SMc","from":"917900000002","to":"919800000001","status":"seen","exo_status_code":30003,\
    "timestamp":"2026-01-15T09:00:05Z"}""";
  }

  /// Reports and messages in one list, as live traffic has them.
  public static String mixedD() {
    return """
    {"whatsapp":{"messages":[{"callback_type":"incoming_message","sid":"SMd","from":\
    "+919800000001","to":"+917900000002","timestamp":"2026-01-01T00:00:00.000Z","profile_name":\
    "Asha","content":{"type":"text","text":{"body":"hi"}}},{"callback_type":"dlr","sid":"2Fd",\
    "to":"919800000001","exo_status_code":30002,"exo_detailed_status":"EX_MESSAGE_DELIVERED",\
    "description":"delivered","timestamp":"2026-01-15T14:30:00.000+05:30","custom_data":"order-7"},\
    {"callback_type":"icm","sid":"SMe","from":"919800000003","to":"917900000002","content":{\
    "type":"video","video":{"url":"https://media.example/v","caption":"look"}}}]}}""";
  }

  public static String flow() {
    return """
    {"event":"flow_response","message_id":"SMf","from":"+919800000001","flow_id":"f1",\
    "flow_token":"t1","response_json":{"day":"mon"},"timestamp":"2026-01-15T09:00:05Z"}""";
  }

  /// A report as a form: flat.
  public static String formReport() {
    return "callback_type=dlr&sid=2Ff&to=919800000001&exo_status_code=30002"
        + "&exo_detailed_status=EX_MESSAGE_DELIVERED&timestamp=2026-01-15T14%3A30%3A00.000%2B05%3A30"
        + "&custom_data=%7B%22order%22%3A7%7D";
  }

  /// A message as a form: nested by brackets.
  public static String formMessage() {
    return "whatsapp[messages][0][callback_type]=icm&whatsapp[messages][0][sid]=SMg"
        + "&whatsapp[messages][0][from]=%2B919800000001"
        + "&whatsapp%5Bmessages%5D%5B0%5D%5Bcontent%5D=%7B%22type%22%3A%22text%22%2C%22text%22%3A"
        + "%7B%22body%22%3A%22a+%26+b%22%7D%7D";
  }

  public static final String MULTIPART = "multipart/form-data; boundary=\"xYz-1\"";

  public static String multipartReport() {
    return String.join(
        "\r\n",
        "--xYz-1",
        "Content-Disposition: form-data; name=\"sid\"",
        "",
        "2Fm",
        "--xYz-1",
        "content-disposition: form-data; name=status",
        "",
        "delivered",
        "--xYz-1",
        "Content-Type: text/plain",
        "Content-Disposition: form-data; name=\"to\"",
        "",
        "919800000001",
        "--xYz-1--",
        "");
  }
}
