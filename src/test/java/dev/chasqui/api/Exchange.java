package dev.chasqui.api;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Real HTTP calls of a test, one after another.
public final class Exchange implements AutoCloseable {

  private final HttpClient client;
  private final String base;
  private final Map<String, String> headers;
  private final Watch watch;

  public Exchange(String base) {
    this(base, (_, _, _) -> {});
  }

  /// @param watch sees each call with its answer
  public Exchange(String base, Watch watch) {
    this(HttpClient.newHttpClient(), base, Map.of("Content-Type", "application/json"), watch);
  }

  private Exchange(HttpClient client, String base, Map<String, String> headers, Watch watch) {
    this.client = client;
    this.base = base;
    this.headers = headers;
    this.watch = watch;
  }

  /// Sees a call with its answer.
  @FunctionalInterface
  public interface Watch {
    void answered(String method, String path, Answered answered);
  }

  /// The same with one more header.
  public Exchange with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Exchange(client, base, more, watch);
  }

  /// The same as the owner of a token.
  public Exchange as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  public Answered get(String path) {
    return send("GET", path, "");
  }

  public Answered delete(String path) {
    return send("DELETE", path, "");
  }

  public Answered post(String path, String body) {
    return send("POST", path, body);
  }

  public Answered put(String path, String body) {
    return send("PUT", path, body);
  }

  public Answered send(String method, String path, String body) {
    HttpRequest.BodyPublisher publisher =
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).method(method, publisher);
    headers.forEach(request::header);
    try {
      Answered answered =
          new Answered(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
      watch.answered(method, path, answered);
      return answered;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /// What was answered.
  public record Answered(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return Bytes.of(response.body()).toUtf8();
    }

    public JsonNode json() {
      return Json.read(Bytes.of(response.body()));
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }
}
