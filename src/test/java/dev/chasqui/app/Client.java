package dev.chasqui.app;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;

/// A client of the Cloud API that was pointed at a gateway.
final class Client implements AutoCloseable {

  static final String NUMBER = "106540352242922";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String publicUrl;
  private final String token;

  Client(String publicUrl, String token) {
    this.publicUrl = publicUrl;
    this.token = token;
  }

  /// A token of the number, made by an operator.
  static String token(Caller operator, String kind) throws IOException, InterruptedException {
    String body = "{\"kind\":\"%s\",\"phoneNumberId\":\"%s\"}".formatted(kind, NUMBER);
    operator.admin("PUT", "/api/v1/phone-numbers/" + NUMBER, "{\"wabaId\":\"102290129340398\"}");
    return json(operator.admin("POST", "/api/v1/tokens", body).body()).path("token").asString();
  }

  static String text(String words) {
    return "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"text\","
        + "\"text\":{\"body\":\"%s\"}}".formatted(words);
  }

  /// Sends with a key.
  HttpResponse<String> send(String body, String key) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(publicUrl + "/v24.0/" + NUMBER + "/messages"))
            .header("Authorization", "Bearer " + token)
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static boolean isRepeated(HttpResponse<String> answer) {
    return answer.headers().firstValue("Idempotent-Replayed").isPresent();
  }

  static String submission(HttpResponse<String> answer) {
    return answer.headers().firstValue("Chasqui-Submission-Id").orElseThrow();
  }

  static JsonNode json(String text) {
    return Json.read(Bytes.utf8(text));
  }

  /// A status as the platform tells it.
  static Bytes status(String wamid, String callback) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550001111","phone_number_id":"%s"},"statuses":[{"id":"%s","status":"sent","timestamp":\
        "1717000000","recipient_id":"51900000001","biz_opaque_callback_data":"%s"}]}}]}]}"""
            .formatted(NUMBER, wamid, callback));
  }

  @Override
  public void close() {
    http.close();
  }
}
