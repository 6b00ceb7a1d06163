package dev.chasqui.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.RawClient.Answer;
import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.http.server.ServerSettings.Deadlines;
import dev.chasqui.http.server.ServerSettings.Limits;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Callers that send too much, too slowly, or nonsense.
class ServerLimitsIT {

  private static final String POST = "POST /in HTTP/1.1\r\nHost: a\r\n";
  private static final String GET = "GET /in HTTP/1.1\r\nHost: a\r\n";
  private static final Deadlines SHORT =
      new Deadlines(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(600));
  private static final Deadlines LONG =
      new Deadlines(Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1));

  private static EventLoops loops;

  private final Recorder events = new Recorder();
  private final AtomicInteger handled = new AtomicInteger();
  private final CountDownLatch release = new CountDownLatch(1);
  private HttpListener listener;

  @BeforeAll
  static void startLoops() {
    loops = EventLoops.start(2);
  }

  @AfterAll
  static void stopLoops() {
    loops.close();
  }

  @BeforeEach
  void start() {
    listener = start(SHORT, new Limits(500, 1000, 10, 1, 3000));
  }

  @AfterEach
  void stop() {
    release.countDown();
    listener.close();
  }

  @Test
  void refusesADeclaredBodyOverTheLimit() throws IOException {
    try (RawClient client = client().send(POST + "Content-Length: 2001\r\n\r\n")) {
      assertRefused(client, 413, Refusal.BODY_TOO_LARGE);
    }
  }

  @Test
  void refusesAChunkedBodyOverTheLimitWhileItComes() throws IOException {
    try (RawClient client = client().send(POST + "Transfer-Encoding: chunked\r\n\r\n")) {
      client.send("7d1\r\n" + "x".repeat(2001));
      assertRefused(client, 413, Refusal.BODY_TOO_LARGE);
    }
    assertThat(listener.bodyBytesInFlight()).isZero();
  }

  @Test
  void doesNotAskForABodyOverTheLimit() throws IOException {
    try (RawClient client =
        client().send(POST + "Expect: 100-continue\r\nContent-Length: 9999\r\n\r\n")) {
      assertRefused(client, 413, Refusal.BODY_TOO_LARGE);
    }
  }

  @Test
  void takesABodyAtTheLimit() throws IOException {
    try (RawClient client = client()) {
      client.send(POST + "Content-Length: 2000\r\n\r\n" + "x".repeat(2000));
      assertThat(client.read().status()).isEqualTo(200);
    }
  }

  @Test
  void refusesALongRequestLine() throws IOException {
    try (RawClient client = client().send("GET /" + "x".repeat(600) + " HTTP/1.1\r\n\r\n")) {
      assertRefused(client, 414, Refusal.REQUEST_LINE_TOO_LARGE);
    }
  }

  @Test
  void refusesALargeHeaderBlock() throws IOException {
    try (RawClient client = client().send(GET + "X: " + "x".repeat(1100) + "\r\n\r\n")) {
      assertRefused(client, 431, Refusal.HEADERS_TOO_LARGE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
        "GET\r\n\r\n",
        "GET /in HTTP/1.1\r\n\r\n",
        "GET /in HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "POST /in HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
      })
  void refusesWhatIsNoHttp(String text) throws IOException {
    try (RawClient client = client().send(text)) {
      assertRefused(client, 400, Refusal.BAD_REQUEST);
    }
  }

  @Test
  void refusesABadChunk() throws IOException {
    try (RawClient client = client().send(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n")) {
      assertRefused(client, 400, Refusal.BAD_REQUEST);
    }
  }

  @Test
  void refusesAHeadThatDrips() throws IOException {
    try (RawClient client = client().send(GET + "X: ").drip('x')) {
      assertRefused(client, 408, Refusal.HEAD_TOO_SLOW);
    }
  }

  @Test
  void refusesABodyThatDrips() throws IOException {
    try (RawClient client = client().send(POST + "Content-Length: 2000\r\n\r\n").drip('x')) {
      assertRefused(client, 408, Refusal.BODY_TOO_SLOW);
    }
    assertThat(listener.bodyBytesInFlight()).isZero();
  }

  @Test
  void refusesASecondHeadThatDrips() throws IOException {
    try (RawClient client = client().send(GET + "\r\n")) {
      assertThat(client.read().status()).isEqualTo(200);
      client.send("GET /in HT").drip('x');
      assertThat(client.read().status()).isEqualTo(408);
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void closesIdleConnections() throws IOException {
    try (RawClient fresh = client();
        RawClient used = client().send(GET + "\r\n")) {
      assertThat(used.read().status()).isEqualTo(200);
      assertThat(used.isEnded()).isTrue();
      assertThat(fresh.isEnded()).isTrue();
    }
    assertThat(events.refused).isEmpty();
  }

  @Test
  void refusesMoreConnectionsThanTheLimit() throws IOException {
    listener.close();
    listener = start(LONG, new Limits(500, 1000, 1, 1, 3000));
    try (RawClient first = client().send(GET + "\r\n")) {
      assertThat(first.read().status()).isEqualTo(200);
      try (RawClient second = client()) {
        assertThat(second.read().status()).isEqualTo(503);
        assertThat(second.isEnded()).isTrue();
      }
      assertThat(first.send(GET + "\r\n").read().status()).isEqualTo(200);
    }
    assertThat(events.refused).containsExactly(Refusal.TOO_MANY_CONNECTIONS);
  }

  @Test
  void answersBusyWhenTooManyHandlersRun() throws IOException, InterruptedException {
    try (RawClient first = client().send("POST /slow HTTP/1.1\r\nHost: a\r\n\r\n");
        RawClient second = client()) {
      awaitHandled(1);
      Answer busy = second.send("POST /slow HTTP/1.1\r\nHost: a\r\n\r\n").read();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.head()).contains("Retry-After: 1\r\n");
      release.countDown();
      assertThat(first.read().status()).isEqualTo(200);
    }
  }

  @Test
  void answersBusyWhenTooManyBytesAreInFlightAndKeepsTheConnection() throws Exception {
    String body = "Content-Length: 2000\r\n\r\n" + "x".repeat(2000);
    try (RawClient first = client().send("POST /slow HTTP/1.1\r\nHost: a\r\n" + body);
        RawClient second = client()) {
      awaitHandled(1);
      Answer busy = second.send(POST + body).read();
      assertThat(busy.status()).isEqualTo(503);
      assertThat(busy.head()).contains("Retry-After: 1\r\n");
      release.countDown();
      assertThat(first.read().status()).isEqualTo(200);
      assertThat(second.send(POST + body).read().status()).isEqualTo(200);
    }
    assertThat(events.refused).containsExactly(Refusal.TOO_MANY_BYTES);
    assertThat(listener.bodyBytesInFlight()).isZero();
  }

  @Test
  void holdsNothingOfACallerWhoGoesAway() throws Exception {
    listener.close();
    listener = start(LONG, new Limits(500, 1000, 10, 1, 3000));
    try (RawClient _ = client().send(POST + "Content-Length: 2000\r\n\r\nxxx")) {
      Conditions.until("the body's room is taken", () -> listener.bodyBytesInFlight() == 3);
    }
    Conditions.until("the body's room is given back", () -> listener.bodyBytesInFlight() == 0);
    assertThat(listener.drain(Duration.ZERO)).isTrue();
    Conditions.until("no connection is left", () -> listener.connections() == 0);
  }

  private HttpListener start(Deadlines deadlines, Limits limits) {
    Routes routes =
        new Routes()
            .onLoop("POST", "/in", 2000, this::handle)
            .onLoop("GET", "/in", 0, this::handle)
            .blocking("POST", "/slow", 2000, _ -> handleSlowly());
    ServerSettings settings = new ServerSettings("127.0.0.1", 0, limits, deadlines, List.of());
    return HttpListener.start(loops, settings, routes, ErrorTable.standard(), events);
  }

  private void handle(Request request, Reply reply) {
    handled.incrementAndGet();
    reply.send(Response.empty(200));
  }

  private Response handleSlowly() throws InterruptedException {
    handled.incrementAndGet();
    assertThat(release.await(20, TimeUnit.SECONDS)).isTrue();
    return Response.empty(200);
  }

  private void awaitHandled(int count) {
    Conditions.until("the requests are handled", () -> handled.get() == count);
  }

  private RawClient client() throws IOException {
    return new RawClient(listener.port());
  }

  private void assertRefused(RawClient client, int status, Refusal why) throws IOException {
    Answer answer = client.read();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.head()).contains("Connection: close\r\n");
    assertThat(client.isEnded()).isTrue();
    assertThat(events.refused).containsExactly(why);
    assertThat(handled).hasValue(0);
  }
}
