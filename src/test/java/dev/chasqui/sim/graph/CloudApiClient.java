package dev.chasqui.sim.graph;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/// A small client of the Cloud API, written from the platform's public request shapes: all it knows
/// of a server is where it is, a phone number's id and a token.
public final class CloudApiClient implements AutoCloseable {

  private final HttpClient client = HttpClient.newHttpClient();
  private final String number;
  private final String version;
  private final String token;
  private final String users;

  /// @param base what stands before `/v25.0`
  public CloudApiClient(String base, String phoneNumberId, String token) {
    this.users = base + "/sim/users/";
    this.version = base + "/v25.0/";
    this.number = version + phoneNumberId;
    this.token = token;
  }

  /// An answer.
  public record Answer(int status, JsonNode body) {
    public String messageId() {
      return body.path("messages").path(0).path("id").asString("");
    }

    public int errorCode() {
      return body.path("error").path("code").asInt(0);
    }

    public String details() {
      return body.path("error").path("error_data").path("details").asString("");
    }
  }

  public Answer text(String to, String body) throws IOException, InterruptedException {
    return send(to, "\"type\":\"text\",\"text\":{\"preview_url\":false,\"body\":\"" + body + "\"}");
  }

  public Answer template(String to, String name) throws IOException, InterruptedException {
    return send(
        to,
        """
        "type":"template","template":{"name":"%s","language":{"code":"en_US"},"components":[\
        {"type":"body","parameters":[{"type":"text","text":"Amaru"}]}]}"""
            .formatted(name));
  }

  public Answer buttons(String to, String question) throws IOException, InterruptedException {
    return send(
        to,
        """
        "type":"interactive","interactive":{"type":"button","body":{"text":"%s"},"action":{"buttons":[\
        {"type":"reply","reply":{"id":"y","title":"Yes"}},\
        {"type":"reply","reply":{"id":"n","title":"No"}}]}}"""
            .formatted(question));
  }

  public Answer image(String to, String mediaId) throws IOException, InterruptedException {
    return send(
        to, "\"type\":\"image\",\"image\":{\"id\":\"" + mediaId + "\",\"caption\":\"Seen\"}");
  }

  public Answer reaction(String to, String messageId) throws IOException, InterruptedException {
    return send(
        to,
        "\"type\":\"reaction\",\"reaction\":{\"message_id\":\""
            + messageId
            + "\",\"emoji\":\"👍\"}");
  }

  public Answer location(String to) throws IOException, InterruptedException {
    return send(
        to, "\"type\":\"location\",\"location\":{\"latitude\":-13.53,\"longitude\":-71.97}");
  }

  public Answer read(String messageId, boolean isTyping) throws IOException, InterruptedException {
    String typing = isTyping ? ",\"typing_indicator\":{\"type\":\"text\"}" : "";
    return post(
        number + "/messages",
        "{\"messaging_product\":\"whatsapp\",\"status\":\"read\",\"message_id\":\""
            + messageId
            + "\""
            + typing
            + "}");
  }

  /// A message with these members beside those that every message has.
  public Answer send(String to, String members) throws IOException, InterruptedException {
    return post(
        number + "/messages",
        "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\""
            + to
            + "\","
            + members
            + "}");
  }

  /// Anything to the number's `messages`.
  public Answer sendRaw(String body) throws IOException, InterruptedException {
    return post(number + "/messages", body);
  }

  /// @return the answer with the id
  public Answer upload(String mediaType, Bytes content) throws IOException, InterruptedException {
    String head =
        """
        --edge\r
        Content-Disposition: form-data; name="messaging_product"\r
        \r
        whatsapp\r
        --edge\r
        Content-Disposition: form-data; name="file"; filename="a.bin"\r
        Content-Type: %s\r
        \r
        """
            .formatted(mediaType);
    HttpRequest request =
        request(number + "/media")
            .header("Content-Type", "multipart/form-data; boundary=edge")
            .POST(
                BodyPublishers.concat(
                    BodyPublishers.ofString(head),
                    BodyPublishers.ofByteArray(content.toArray()),
                    BodyPublishers.ofString("\r\n--edge--\r\n")))
            .build();
    return answer(client.send(request, BodyHandlers.ofByteArray()));
  }

  public Answer media(String id) throws IOException, InterruptedException {
    return get(version + id);
  }

  public Answer deleteMedia(String id) throws IOException, InterruptedException {
    HttpRequest request = request(version + id).DELETE().build();
    return answer(client.send(request, BodyHandlers.ofByteArray()));
  }

  /// The bytes at an address that [#media] told.
  public Bytes download(String url) throws IOException, InterruptedException {
    return Bytes.of(client.send(request(url).build(), BodyHandlers.ofByteArray()).body());
  }

  /// A call of any other node, `/{version}/` and this.
  public Answer call(String path, String body) throws IOException, InterruptedException {
    return post(version + path, body);
  }

  public Answer look(String path) throws IOException, InterruptedException {
    return get(version + path);
  }

  /// What the simulated platform has beside the real one.
  Answer sim(String path, String body) throws IOException, InterruptedException {
    return post(users + path, body);
  }

  private Answer get(String url) throws IOException, InterruptedException {
    return answer(client.send(request(url).build(), BodyHandlers.ofByteArray()));
  }

  private Answer post(String url, String body) throws IOException, InterruptedException {
    HttpRequest request =
        request(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, StandardCharsets.UTF_8))
            .build();
    return answer(client.send(request, BodyHandlers.ofByteArray()));
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    Bytes body = Bytes.of(response.body());
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return new Answer(response.statusCode(), isJson ? Json.read(body) : Json.object());
  }

  @Override
  public void close() {
    client.close();
  }
}
