package dev.chasqui.app;

import dev.chasqui.api.Exchange;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.util.Base64;
import tools.jackson.databind.JsonNode;

/// Turn, Exotel and the operator as a gateway sees them.
final class Sources implements AutoCloseable {

  static final String TURN_SECRET = "chasqui-turn-secret";
  static final String EXOTEL_SECRET = "chasqui-exotel-secret";
  static final String NUMBER = "106540352242922";

  private final Exchange webhooks;
  private final Exchange admin;

  Sources(String publicUrl, String adminUrl) {
    this.webhooks = new Exchange(publicUrl);
    this.admin = new Exchange(adminUrl).as(Caller.ADMIN_TOKEN);
  }

  Exchange webhooks() {
    return webhooks;
  }

  Exchange admin() {
    return admin;
  }

  /// Sets a channel of Turn's and an account of Exotel's for one number.
  Sources known() {
    String number =
        "\"phoneNumberId\":\"%s\",\"wabaId\":\"102290129340398\",\"displayPhoneNumber\":\"917900000002\""
            .formatted(NUMBER);
    put("/api/v1/turn-channels/c1", "{%s,\"secret\":\"%s\"}".formatted(number, TURN_SECRET));
    put(
        "/api/v1/exotel-accounts/acme1",
        "{%s,\"apiKey\":\"the-key\",\"apiToken\":\"the-token\",\"signingSecret\":\"%s\"}"
            .formatted(number, EXOTEL_SECRET));
    return this;
  }

  void put(String path, String body) {
    require(200, admin.put(path, body));
  }

  /// Makes a receiver.
  void receiver(String dialect, String url, String more) {
    require(
        201,
        admin.post(
            "/api/v1/endpoints",
            "{\"name\":\"%1$s\",\"dialect\":\"%1$s\",\"url\":\"%2$s\"%3$s}"
                .formatted(dialect, url, more)));
  }

  /// @return the event's id
  String turn(String body) {
    byte[] signature = SigningKey.of(TURN_SECRET).hmac(Bytes.utf8(body));
    return accepted(
        webhooks
            .with("X-Turn-Hook-Signature", Base64.getEncoder().encodeToString(signature))
            .post("/webhooks/turn/c1", body));
  }

  /// @return the event's id
  String exotel(String body) {
    return accepted(
        webhooks
            .with("X-Exotel-Signature", exotelSignature(body))
            .post("/webhooks/exotel/acme1/incoming", body));
  }

  static String exotelSignature(String body) {
    return Signatures.sign(SigningKey.of(EXOTEL_SECRET), Bytes.utf8(body));
  }

  JsonNode event(String id) {
    return admin.get("/api/v1/events/" + id).json();
  }

  Bytes envelope(String id) {
    return Bytes.of(admin.get("/api/v1/events/" + id + "/envelope").bytes());
  }

  private static String accepted(Exchange.Answered answered) {
    require(200, answered);
    if (!answered.text().startsWith("{\"accepted\":true")) {
      throw new AssertionError(answered.text());
    }
    return Caller.eventId(answered.text());
  }

  private static void require(int status, Exchange.Answered answered) {
    if (answered.status() != status) {
      throw new AssertionError(answered.status() + " " + answered.text());
    }
  }

  @Override
  public void close() {
    webhooks.close();
    admin.close();
  }
}
