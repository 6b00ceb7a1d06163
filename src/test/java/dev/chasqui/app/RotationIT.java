package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets are rotated while traffic flows: Meta's and a Turn receiver's, whose 401 would end a
/// delivery for good.
class RotationIT {

  private static final int SENDERS = 4;
  private static final int ROTATIONS = 4;
  private static final int BETWEEN = 40;

  @TempDir private Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger sent = new AtomicInteger();
  private volatile String signing = "signing-0";

  /// A receiver that is told a new secret before the gateway is, as its operator would do it.
  private static final class Receiver implements AutoCloseable {

    final List<String> secrets = new CopyOnWriteArrayList<>(List.of("turn-0"));
    final Set<String> taken = ConcurrentHashMap.newKeySet();
    final Set<String> used = ConcurrentHashMap.newKeySet();
    final AtomicInteger misSigned = new AtomicInteger();
    private final EventLoops loops = EventLoops.start(1);
    private final HttpListener listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            new Routes().blocking("POST", "/hook", 1 << 20, this::take),
            ErrorTable.standard(),
            ServerEvents.NONE);

    String url() {
      return "http://127.0.0.1:" + listener.port() + "/hook";
    }

    private Response take(Request request) {
      String header = request.headers().first(TurnDialect.SIGNATURE_HEADER);
      for (String secret : secrets) {
        if (TurnDialect.signature(secret, request.body()).equals(header)) {
          used.add(secret);
          taken.add("" + request.headers().first("Chasqui-Delivery-Id"));
          return Response.empty(200);
        }
      }
      misSigned.incrementAndGet();
      return Response.empty(401);
    }

    @Override
    public void close() {
      listener.close();
      loops.close();
    }
  }

  @Test
  void nothingIsRejectedUnsignedOrMisSignedWhileSecretsAreRotatedUnderLoad() throws Exception {
    try (Receiver receiver = new Receiver();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
        ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
      signWith(caller, signing);
      String endpoint = endpoint(caller, receiver.url());
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        String name = "s" + i;
        running.add(senders.submit(() -> sendUntilAllIsRotated(gateway, name)));
      }
      for (int i = 1; i <= ROTATIONS; i++) {
        awaitSent(i * BETWEEN);
        rotate(caller, receiver, endpoint, i);
      }
      for (Future<?> one : running) {
        one.get();
      }
      Conditions.until("all is taken", () -> receiver.taken.size() == sent.get());
      assertThat(refused).isEmpty();
      assertThat(receiver.misSigned).hasValue(0);
      assertThat(receiver.used).contains("turn-0", "turn-" + ROTATIONS);
      assertThat(caller.get("/api/v1/dead-letters")).contains("\"data\":[]");
    }
  }

  private void sendUntilAllIsRotated(Gateway gateway, String name) {
    for (int i = 0; sent.get() < (ROTATIONS + 1) * BETWEEN; i++) {
      Bytes body = Caller.message("wamid." + name + "." + i, 10);
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway.publicUrl() + "/webhooks/whatsapp"))
              .header("X-Hub-Signature-256", Signatures.sign(SigningKey.of(signing), body))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
              .build();
      HttpResponse<String> answer =
          client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
      sent.incrementAndGet();
      if (!answer.body().contains("\"accepted\":true")) {
        refused.add(answer.body());
      }
    }
  }

  private void rotate(Caller caller, Receiver receiver, String endpoint, int number)
      throws Exception {
    receiver.secrets.add("turn-" + number);
    HttpResponse<String> answer =
        caller.admin(
            "POST",
            "/api/v1/endpoints/" + endpoint + "/rotate-secret",
            "{\"secret\":\"turn-%d\"}".formatted(number));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    signWith(caller, "signing-" + number);
    signing = "signing-" + number;
  }

  private static void signWith(Caller caller, String secret) throws Exception {
    String body = "{\"value\":\"%s\"}".formatted(secret);
    assertThat(caller.admin("PUT", "/api/v1/secrets/webhook-signing-secret", body).statusCode())
        .isEqualTo(204);
  }

  private static String endpoint(Caller caller, String url) throws Exception {
    HttpResponse<String> answer =
        caller.admin(
            "POST",
            "/api/v1/endpoints",
            "{\"name\":\"t\",\"dialect\":\"turn\",\"url\":\"%s\",\"secret\":\"turn-0\"}"
                .formatted(url));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return Json.read(Bytes.utf8(answer.body())).path("id").asString();
  }

  private void awaitSent(int count) {
    Conditions.until(count + " are sent", () -> sent.get() >= count);
  }
}
