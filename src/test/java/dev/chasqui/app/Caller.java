package dev.chasqui.app;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Meta and the operator as a gateway sees them.
final class Caller implements AutoCloseable {

  static final String SECRET = "chasqui-app-secret";
  static final String ADMIN_TOKEN = "admin-token-of-the-tests";

  /// What a gateway needs so that a caller may talk to it and loopback receivers be served.
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "CHASQUI_ADMIN_TOKEN", ADMIN_TOKEN,
          "WEBHOOK_SIGNING_SECRET", SECRET,
          "CHASQUI_OUTBOUND_ALLOW", "127.0.0.0/8");

  private static final Pattern EVENT = Pattern.compile("evt_[0-9a-z]{26}");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String publicUrl;
  private final String adminUrl;

  Caller(String publicUrl, String adminUrl) {
    this.publicUrl = publicUrl;
    this.adminUrl = adminUrl;
  }

  HttpResponse<String> webhook(Bytes body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(publicUrl + "/webhooks/whatsapp"))
            .header("Content-Type", "application/json")
            .header("X-Hub-Signature-256", Signatures.sign(SigningKey.of(SECRET), body))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(publicUrl + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> admin(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(adminUrl + path))
            .header("Authorization", "Bearer " + ADMIN_TOKEN)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  String get(String path) throws IOException, InterruptedException {
    return admin("GET", path, "").body();
  }

  /// Makes a receiver the application's callback.
  void callback(String url) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        admin(
            "PUT",
            "/api/v1/app",
            "{\"id\":\"1\",\"callbackUrl\":\"%s\",\"verifyToken\":\"t\",\"skipHandshake\":true}"
                .formatted(url));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.body());
    }
  }

  static String eventId(String body) {
    Matcher matcher = EVENT.matcher(body);
    if (!matcher.find()) {
      throw new AssertionError("no event id in " + body);
    }
    return matcher.group();
  }

  /// A text message of a wamid, with so much text.
  static Bytes message(String wamid, int textChars) {
    return Bytes.utf8(
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550001111","phone_number_id":"106540352242922"},"messages":[{"from":"15550002222","id":\
        "%s","timestamp":"1717000000","type":"text","text":{"body":"%s"}}]}}]}]}"""
            .formatted(wamid, "x".repeat(textChars)));
  }

  @Override
  public void close() {
    client.close();
  }
}
