package dev.chasqui.cli.child;

import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// The interfaces of a running gateway, as any program outside would use them.
public final class ApiClient implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;
  private final String token;

  public ApiClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  /// The document at a path.
  public Bytes get(String path) throws InterruptedException {
    return call("GET", path, Bytes.EMPTY);
  }

  /// The answer to a document that is posted.
  public Bytes post(String path, Bytes document) throws InterruptedException {
    return call("POST", path, document);
  }

  /// The answer to a document that is put.
  public Bytes put(String path, Bytes document) throws InterruptedException {
    return call("PUT", path, document);
  }

  /// Calls with any method.
  ///
  /// @throws ChildException if the answer is no 2xx
  public Bytes call(String method, String path, Bytes document) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(TIMEOUT)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofByteArray(document.toArray()))
            .build();
    try {
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      Bytes body = Bytes.of(answer.body());
      if (answer.statusCode() / 100 != 2) {
        throw new ChildException(
            method + " " + path + ": " + answer.statusCode() + " " + body.toUtf8());
      }
      return body;
    } catch (IOException e) {
      throw new ChildException(method + " " + path + " has no answer", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
