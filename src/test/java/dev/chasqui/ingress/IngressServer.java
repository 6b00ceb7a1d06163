package dev.chasqui.ingress;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/// A server with the ingress on a free port, over a journal of the test's choice.
final class IngressServer implements AutoCloseable {

  static final String SECRET = "chasqui-app-secret";
  static final String TOKEN = "let-me-in";

  private final EventLoops loops = EventLoops.start(2);
  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpListener listener;

  IngressServer(IngressSettings settings, Journal journal, Workspaces workspaces) {
    this(settings, journal, new SourceContext(workspaces, IngressEvents.NONE));
  }

  IngressServer(IngressSettings settings, Journal journal, SourceContext context) {
    Ingress ingress =
        new Ingress(settings, journal, context, Clock.systemUTC(), new SplittableRandom(1));
    ingress.refill();
    Routes routes = new Routes();
    ingress.addTo(routes);
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  HttpResponse<String> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> send(String path, String body, String contentType)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /// Posts to a target that no client would let pass.
  ///
  /// @return the answer, head and body
  String postRaw(String target, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port())) {
      socket.setSoTimeout(20_000);
      String head =
          "POST %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
              .formatted(target, body.length());
      socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Sends a head and no body, and waits until the server ends the connection.
  ///
  /// @param fields each with its line end
  /// @return the answer, head and body
  String postHead(String target, String fields) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port())) {
      socket.setSoTimeout(20_000);
      String head = "POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n".formatted(target, fields);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Sends a head, reads the first byte of the answer, and goes without having sent a body.
  void awaitContinue(String target, String fields) throws IOException {
    try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port())) {
      socket.setSoTimeout(20_000);
      String head = "POST %s HTTP/1.1\r\nHost: a\r\n%s\r\n".formatted(target, fields);
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      var _ = socket.getInputStream().read();
    }
  }

  /// Posts without telling how long the body is.
  HttpResponse<String> postChunked(String path, String body)
      throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(at(path))
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> postSigned(String path, String body)
      throws IOException, InterruptedException {
    return post(path, body, "X-Hub-Signature-256", signature(body));
  }

  CompletableFuture<HttpResponse<String>> postLater(String path, String body) {
    HttpRequest request = request(path, body, "X-Hub-Signature-256", signature(body));
    return client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  static String signature(String body) {
    return Signatures.sign(SigningKey.of(SECRET), Bytes.utf8(body));
  }

  private HttpRequest request(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }

  /// All webhooks that the journal holds.
  static List<Fact> facts(Journal journal) {
    return journal.read(0, 10_000, 64 << 20).entries().stream().map(Journal.Entry::fact).toList();
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
    client.close();
  }

  /// The default workspace and one named `acme`, both with the same secrets.
  record Known(List<String> secrets, List<String> tokens) implements Workspaces {

    static final Known USUAL = new Known(List.of(SECRET), List.of(TOKEN));

    @Override
    public boolean exists(WorkspaceId workspace) {
      return workspace.equals(WorkspaceId.DEFAULT) || workspace.value().equals("acme");
    }

    @Override
    public List<SigningKey> signingKeys(WorkspaceId workspace, Instant now) {
      return secrets.stream().map(SigningKey::of).toList();
    }

    @Override
    public List<String> verifyTokens(WorkspaceId workspace, Instant now) {
      return tokens;
    }
  }
}
