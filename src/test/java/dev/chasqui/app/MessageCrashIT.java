package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.cli.child.ChildProcess;
import dev.chasqui.messaging.UpstreamTown;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A gateway that is killed while it sends: no message twice, none forgotten.
class MessageCrashIT {

  private static final int CALLERS = 16;
  private static final int ANSWERS = 300;
  private static final int LIMIT_SECONDS = 90;

  @TempDir private Path folder;
  private final UpstreamTown upstream = new UpstreamTown();

  @AfterEach
  void close() {
    upstream.close();
  }

  private ChildProcess start(Map<String, String> more) throws InterruptedException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("CHASQUI_UPSTREAM_URL", upstream.url().toString());
    environment.put("META_ACCESS_TOKEN", "EAAG-mine");
    return ServedGateway.start(folder, environment);
  }

  private static String token(ChildProcess gateway) throws IOException, InterruptedException {
    try (Caller operator = ServedGateway.caller(gateway)) {
      return Client.token(operator, "api");
    }
  }

  private static Client client(ChildProcess gateway, String token) {
    return new Client(gateway.ready().publicUrl().toString(), token);
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void killedBetweenUpstreamsYesAndTheAnswerItIsNotSentAgain(StoreKind kind) throws Exception {
    try (StoreKind.Place store = kind.open(folder.resolve("data"))) {
      isNotSentAgain(store.environment());
    }
  }

  private void isNotSentAgain(Map<String, String> store) throws Exception {
    String token;
    try (ChildProcess gateway = start(store)) {
      token = token(gateway);
      killWhileUpstreamAnswers(gateway);
      try (Client client = client(gateway, token)) {
        HttpResponse<String> none = sendOrNull(client);
        assertThat(none).as("the gateway was killed before it answered").isNull();
      }
    }
    upstream.conduct(UpstreamTown::take);
    try (ChildProcess gateway = start(store);
        Caller operator = ServedGateway.caller(gateway);
        Client client = client(gateway, token)) {
      HttpResponse<String> again = client.send(Client.text("hi"), "order-1");
      assertThat(again.statusCode()).isEqualTo(504);
      assertThat(Client.isRepeated(again)).isTrue();
      assertThat(upstream.got()).as("not sent twice").hasSize(1);
      String open = operator.get("/api/v1/submissions?state=unknown");
      assertThat(open).contains(Client.submission(again));

      String callback = upstream.got().getFirst().text("biz_opaque_callback_data");
      operator.webhook(Client.status("wamid.1", callback));
      String settled = operator.get("/api/v1/messages/" + Client.submission(again));
      assertThat(Client.json(settled).path("wamid").asString()).isEqualTo("wamid.1");
      HttpResponse<String> known = client.send(Client.text("hi"), "order-1");
      assertThat(known.statusCode()).isEqualTo(200);
      assertThat(known.body()).contains("wamid.1");
      assertThat(upstream.got()).hasSize(1);
    }
  }

  /// Upstream has taken the message and says so to nobody.
  private void killWhileUpstreamAnswers(ChildProcess gateway) {
    upstream.conduct(
        got -> {
          gateway.kill();
          return UpstreamTown.take(got);
        });
  }

  /// Null if the connection ended with the process.
  private static @Nullable HttpResponse<String> sendOrNull(Client client)
      throws InterruptedException {
    try {
      return client.send(Client.text("hi"), "order-1");
    } catch (IOException _) {
      return null;
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void underLoadNoKeyIsSentTwiceAndNoAnswerChanges(StoreKind kind) throws Exception {
    try (StoreKind.Place store = kind.open(folder.resolve("data"))) {
      noKeyIsSentTwice(store.environment());
    }
  }

  private void noKeyIsSentTwice(Map<String, String> store) throws Exception {
    Map<String, String> answered = new ConcurrentHashMap<>();
    Map<String, Boolean> tried = new ConcurrentHashMap<>();
    String token;
    try (ChildProcess gateway = start(store)) {
      token = token(gateway);
      sendUntilKilled(gateway, token, tried, answered);
    }
    assertThat(answered).hasSizeGreaterThanOrEqualTo(ANSWERS);
    try (ChildProcess gateway = start(store);
        Client client = client(gateway, token)) {
      for (String key : tried.keySet()) {
        HttpResponse<String> again = client.send(Client.text(key), key);
        String first = answered.get(key);
        if (first != null) {
          assertThat(again.body()).isEqualTo(first);
          assertThat(Client.isRepeated(again)).isTrue();
        } else {
          assertThat(again.statusCode()).isIn(200, 504);
        }
      }
    }
    Map<String, Long> sent =
        upstream.got().stream()
            .map(it -> it.document().path("text").path("body").asString())
            .collect(Collectors.groupingBy(it -> it, Collectors.counting()));
    assertThat(sent).allSatisfy((_, times) -> assertThat(times).isEqualTo(1));
    assertThat(sent.keySet()).containsAll(answered.keySet());
  }

  private static void sendUntilKilled(
      ChildProcess gateway, String token, Map<String, Boolean> tried, Map<String, String> answered)
      throws InterruptedException {
    CountDownLatch enough = new CountDownLatch(ANSWERS);
    CountDownLatch ended = new CountDownLatch(CALLERS);
    try (Client client = client(gateway, token)) {
      for (int i = 0; i < CALLERS; i++) {
        String prefix = "k" + i + "-";
        Thread.ofVirtual()
            .start(
                () -> {
                  send(client, prefix, tried, answered, enough);
                  ended.countDown();
                });
      }
      assertThat(enough.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
      gateway.kill();
      assertThat(ended.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void send(
      Client client,
      String prefix,
      Map<String, Boolean> tried,
      Map<String, String> answered,
      CountDownLatch enough) {
    try {
      for (int i = 0; ; i++) {
        String key = prefix + i;
        tried.put(key, true);
        HttpResponse<String> answer = client.send(Client.text(key), key);
        if (answer.statusCode() == 200) {
          answered.put(key, answer.body());
          enough.countDown();
        }
      }
    } catch (IOException e) {
      // The gateway was killed: this call has no answer.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
