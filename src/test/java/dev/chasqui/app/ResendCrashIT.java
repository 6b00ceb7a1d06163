package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chasqui.api.Exchange;
import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.graph.FakeGraph;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway in a process of its own, killed while the bridge has the message that switched a
/// contact and has not answered yet.
class ResendCrashIT {

  private static final Business BUSINESS = Business.SAMPLE;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  @TempDir private Path folder;
  private final FakeGraph graph =
      FakeGraph.start(
          FakeGraph.Account.of("EAAG-token", Caller.SECRET, BUSINESS),
          Clock.systemUTC(),
          new Random(5));
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch mayAnswer = new CountDownLatch(1);
  private final List<String> posted = new ArrayList<>();
  private HttpServer bridge;

  @BeforeEach
  void open() throws IOException {
    bridge = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 64);
    bridge.setExecutor(threads);
    bridge.createContext("/", this::take);
    bridge.start();
    graph.conduct().usually(Reaction.take(GraphReport.failed(131026)));
  }

  @AfterEach
  void close() {
    mayAnswer.countDown();
    bridge.stop(0);
    threads.shutdownNow();
    graph.close();
  }

  /// Answers the first message when it may, and all others at once.
  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      boolean isFirst;
      synchronized (posted) {
        isFirst = posted.isEmpty();
        posted.add(body);
        posted.notifyAll();
      }
      if (isFirst) {
        mayAnswer.await();
      }
      byte[] answer = "{\"messages\":[{\"id\":\"sms-1\"}]}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(202, answer.length);
      exchange.getResponseBody().write(answer);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitPosted(String text) throws InterruptedException {
    long end = System.nanoTime() + LIMIT.toNanos();
    synchronized (posted) {
      while (posted.stream().noneMatch(it -> it.contains(text))) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError("the bridge got no " + text);
        }
        posted.wait(left);
      }
    }
  }

  private ChildProcess start() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(Caller.ENVIRONMENT);
    environment.put("META_ACCESS_TOKEN", "EAAG-token");
    environment.put("CHASQUI_UPSTREAM_URL", graph.url().toString());
    ChildProcess gateway =
        ChildProcess.start(
            new ChildProcess.Start(
                List.of(),
                List.of(
                    "serve",
                    "--data",
                    folder.resolve("data").toString(),
                    "--public",
                    "127.0.0.1:0",
                    "--admin",
                    "127.0.0.1:0"),
                environment,
                folder.resolve("log"),
                LIMIT));
    graph.callback(URI.create(gateway.ready().publicUrl() + "/webhooks/whatsapp"));
    return gateway;
  }

  private String setUp(ChildProcess gateway) {
    String number = "/api/v1/phone-numbers/" + BUSINESS.phoneNumberId();
    try (Exchange admin =
        new Exchange(gateway.ready().adminUrl().toString()).as(Caller.ADMIN_TOKEN)) {
      admin.put(number, "{\"wabaId\":\"" + BUSINESS.wabaId() + "\"}");
      String url = "http://127.0.0.1:" + bridge.getAddress().getPort() + "/";
      String channel =
          "{\"url\":\"%s\",\"secret\":\"s\",\"errorThreshold\":1,\"resendOnSwitch\":true}"
              .formatted(url);
      assertThat(admin.put(number + "/fallback", channel).status()).isEqualTo(200);
      String token = "{\"kind\":\"api\",\"phoneNumberId\":\"" + BUSINESS.phoneNumberId() + "\"}";
      return admin.post("/api/v1/tokens", token).json().path("token").stringValue("");
    }
  }

  private static void send(ChildProcess gateway, String token, String to, String text) {
    try (Exchange service = new Exchange(gateway.ready().publicUrl().toString()).as(token)) {
      String body =
          "{\"to\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}".formatted(to, text);
      assertThat(service.post("/v1/messages", body).status()).isEqualTo(200);
    }
  }

  @Test
  void aMessageThatTheBridgeMayHaveIsNotSentAgainAfterKillDashNine() throws Exception {
    ChildProcess killed = start();
    String token = setUp(killed);
    send(killed, token, "51900000001", "before the crash");
    awaitPosted("before the crash");
    killed.kill();
    mayAnswer.countDown();
    try (ChildProcess gateway = start()) {
      send(gateway, token, "51900000002", "after the crash");
      awaitPosted("after the crash");
      synchronized (posted) {
        assertThat(posted).filteredOn(it -> it.contains("before the crash")).hasSize(1);
      }
    }
  }
}
