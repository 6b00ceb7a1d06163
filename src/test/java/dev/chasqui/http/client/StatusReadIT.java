package dev.chasqui.http.client;

import static dev.chasqui.http.client.RawReceiver.dripping;
import static dev.chasqui.http.client.RawReceiver.saying;
import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.LOOPBACK;
import static dev.chasqui.http.client.Senders.answer;
import static dev.chasqui.http.client.Senders.failure;
import static dev.chasqui.http.client.Senders.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.client.RawReceiver.Behaviour;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Answered;
import dev.chasqui.model.SendResult.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Receivers that say a status and then do as they like: the status stands.
class StatusReadIT {

  private static final Duration SHORT = Duration.ofMillis(400);

  private static EventLoops loops;
  private static HttpSender sender;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(2);
    sender = HttpSender.start(loops, LOOPBACK);
  }

  @AfterAll
  static void stop() {
    sender.close();
    loops.close();
  }

  @Test
  void endsAtTheDeadlineIfTheHeadDripsAndKeepsItsStatus() throws Exception {
    Answered answer = answer(sendTo(SHORT, dripping("HTTP/1.1 200 OK\r\nX-Slow: ", "a")));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.took()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void endsAtTheDeadlineIfTheBodyDripsAndKeepsItsStatus() throws Exception {
    String head = "HTTP/1.1 503 No\r\nRetry-After: 9\r\nContent-Length: 9000\r\n\r\n";
    Answered answer = answer(sendTo(SHORT, dripping(head, "a")));

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.retryAfter()).isEqualTo("9");
    assertThat(answer.body().toUtf8()).startsWith("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 204 ",
        "HTTP/1.1 204 No Content\r\n",
        "HTTP/1.1 204\r\nX-Half: a",
        "HTTP/1.0 204 No Content\r\nContent-Length: 10\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nbad header\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nX: \0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n: empty\r\n\r\n",
        "\r\nHTTP/1.1 204 No Content\r\nX-Half: a",
        "HTTP/1.1 100 Continue\r\nX: y\r\n\r\nHTTP/1.1 103 Hints\r\n\r\nHTTP/1.1 204 Fine\r\n",
      })
  void aStatusThatWasReadCounts(String beginning) throws Exception {
    assertThat(answer(sendTo(LONG, saying(beginning))).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 10\r\n\r\nabc",
        "Content-Length: 10\r\n\r\n",
        "Content-Length: 10\r\nContent-Length: 11\r\n\r\n0123456789",
        "Content-Length: -1\r\n\r\n",
        "Content-Length: many\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabcde\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "Transfer-Encoding: gzip\r\n\r\nabc",
      })
  void badFramingBehindAStatusDoesNotTakeItBack(String rest) throws Exception {
    assertThat(answer(sendTo(LONG, saying("HTTP/1.1 201 Made\r\n" + rest))).status())
        .isEqualTo(201);
  }

  @Test
  void aResetBehindAStatusDoesNotTakeItBack() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Behaviour resetting =
        conversation -> {
          conversation.readRequest();
          conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab");
          release.await(SHORT.toMillis(), TimeUnit.MILLISECONDS);
          conversation.reset();
        };

    assertThat(answer(sendTo(LONG, resetting)).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 2\r\n\r\nok",
        "Content-Length: 2, 2\r\n\r\nok",
      })
  void takesALengthThatIsSaidTwice(String rest) throws Exception {
    Answered answer = answer(sendTo(LONG, saying("HTTP/1.1 200 OK\r\n" + rest)));

    assertThat(answer.body().toUtf8()).isEqualTo("ok");
  }

  @Test
  void readsALargeHead() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(60_000) + "\r\nRetry-After: 7\r\n";
    Answered answer = answer(sendTo(LONG, saying(head + "Content-Length: 2\r\n\r\nok")));

    assertThat(answer.retryAfter()).isEqualTo("7");
    assertThat(answer.body().toUtf8()).isEqualTo("ok");
  }

  @Test
  void ofAHugeHeadTheStatusCounts() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(100_000) + "\r\n\r\n";
    assertThat(answer(sendTo(LONG, saying(head))).status()).isEqualTo(200);
    assertThat(answer(sendTo(LONG, saying("HTTP/1.1 200 " + "x".repeat(100_000)))).status())
        .isEqualTo(200);
  }

  @Test
  void theLimitOfAHeadIsASetting() throws Exception {
    String head = "HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(9_000) + "\r\n\r\n";
    try (HttpSender own = HttpSender.start(loops, LOOPBACK.withMaxHeaderBytes(8 << 10));
        RawReceiver receiver = new RawReceiver(saying("HTTP/1.1 100 Continue\r\n" + head))) {
      assertThat(failure(own.send(post(receiver, LONG)))).isEqualTo(Failure.ANSWER_TOO_LARGE);
    }
  }

  private static SendResult sendTo(Duration deadline, Behaviour behaviour) throws Exception {
    try (RawReceiver receiver = new RawReceiver(behaviour)) {
      return sender.send(post(receiver, deadline));
    }
  }
}
