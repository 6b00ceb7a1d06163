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
import dev.chasqui.outbound.Sender.Outbound;
import dev.chasqui.outbound.Sender.Repeats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Receivers that do their worst. None may hold a thread longer than the deadline, cost memory, or
/// be taken for another kind of failure.
class EvilReceiverIT {

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
  void endsAtTheDeadlineIfNothingComes() throws Exception {
    assertThat(failure(sendTo(SHORT, RawReceiver.Conversation::waitForEnd)))
        .isEqualTo(Failure.TIMEOUT);
  }

  @Test
  void endsAtTheDeadlineIfTheStatusLineDrips() throws Exception {
    assertThat(failure(sendTo(SHORT, dripping("HTTP/1.1 20", "0"))))
        .isIn(Failure.TIMEOUT, Failure.ANSWER_TOO_LARGE);
  }

  @Test
  void endsAtTheDeadlineIfInterimAnswersNeverEnd() throws Exception {
    assertThat(failure(sendTo(SHORT, dripping("", "HTTP/1.1 100 Continue\r\n\r\n"))))
        .isEqualTo(Failure.TIMEOUT);
  }

  @Test
  void endsAtTheDeadlineIfNobodyAcceptsTheConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      for (int i = 0; i < 4; i++) {
        assertThat(failure(sender.send(post(url, "", SHORT)))).isEqualTo(Failure.TIMEOUT);
      }
    }
  }

  @Test
  void cutsAnEndlessBodyAndKeepsItsStatus() throws Exception {
    Answered answer =
        answer(
            sendTo(
                LONG,
                conversation -> {
                  conversation.readRequest();
                  conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                  String block = "x".repeat(1 << 16);
                  while (true) {
                    conversation.write(block);
                  }
                }));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().length()).isEqualTo(2048);
  }

  @Test
  void tellsAReset() throws Exception {
    assertThat(
            failure(
                sendTo(
                    LONG,
                    conversation -> {
                      conversation.readRequest();
                      conversation.reset();
                    })))
        .isEqualTo(Failure.RESET);
  }

  @Test
  void takesABodyThatEndsWithTheConnection() throws Exception {
    Answered answer = answer(sendTo(LONG, saying("HTTP/1.0 202 Fine\r\n\r\nabc")));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().toUtf8()).isEqualTo("abc");
  }

  @Test
  void refusesAHugeStatusLine() throws Exception {
    assertThat(failure(sendTo(LONG, saying("HTTP/1.1 " + "2".repeat(100_000)))))
        .isEqualTo(Failure.ANSWER_TOO_LARGE);
  }

  @Test
  void refusesWhatIsNoHttp() throws Exception {
    assertThat(failure(sendTo(LONG, saying("SSH-2.0-OpenSSH_9.9\r\n\r\n"))))
        .isEqualTo(Failure.BAD_ANSWER);
    assertThat(failure(sendTo(LONG, saying("HTTP/9.9 200 OK\r\n\r\n"))))
        .isEqualTo(Failure.BAD_ANSWER);
  }

  @Test
  void tellsThatNobodyListens() throws Exception {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = taken.getLocalPort();
    }
    assertThat(failure(sender.send(post("http://127.0.0.1:" + port + "/", "", LONG))))
        .isEqualTo(Failure.CONNECT_FAILED);
  }

  @Test
  void tellsTlsWithoutTls() throws Exception {
    try (RawReceiver receiver = new RawReceiver(talk -> talk.write("HTTP/1.1 400 Bad\r\n\r\n"))) {
      String url = "https://127.0.0.1:" + receiver.port() + "/";
      assertThat(failure(sender.send(post(url, "", LONG)))).isEqualTo(Failure.TLS_FAILED);
    }
  }

  @Test
  void sendsAgainWhenAKeptConnectionWasClosed() throws Exception {
    Behaviour oneAnswerThenClosed =
        conversation -> {
          conversation.readRequest();
          conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          // Reads the next request's first byte and is gone: the race that keep-alive has.
          conversation.readByte();
          conversation.reset();
        };
    try (EventLoops one = EventLoops.start(1);
        HttpSender own = HttpSender.start(one, LOOPBACK);
        RawReceiver receiver = new RawReceiver(oneAnswerThenClosed)) {
      for (int i = 0; i < 5; i++) {
        assertThat(answer(own.send(post(receiver, LONG))).status()).isEqualTo(200);
      }
      assertThat(receiver.requests).hasSize(5);
    }
  }

  @Test
  void sendsAgainOnlyOnce() throws Exception {
    Behaviour once =
        new Behaviour() {
          private boolean answered;

          @Override
          public void serve(RawReceiver.Conversation conversation) throws IOException {
            conversation.readRequest();
            if (!answered) {
              answered = true;
              conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              conversation.readByte();
            }
            conversation.reset();
          }
        };
    try (EventLoops one = EventLoops.start(1);
        HttpSender own = HttpSender.start(one, LOOPBACK);
        RawReceiver receiver = new RawReceiver(once)) {
      answer(own.send(post(receiver, LONG)));

      assertThat(failure(own.send(post(receiver, LONG)))).isEqualTo(Failure.RESET);
      assertThat(receiver.requests).hasSize(2);
    }
  }

  @Test
  void neverSendsAgainWhatMayNotBeSentTwice() throws Exception {
    Behaviour oneAnswerThenGone =
        conversation -> {
          conversation.readRequest();
          conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          conversation.readRequest();
          conversation.reset();
        };
    try (EventLoops one = EventLoops.start(1);
        HttpSender own = HttpSender.start(one, LOOPBACK);
        RawReceiver receiver = new RawReceiver(oneAnswerThenGone)) {
      Outbound once = onlyOnce(post(receiver, LONG));
      answer(own.send(once));

      assertThat(failure(own.send(once))).isEqualTo(Failure.RESET);
      assertThat(receiver.requests).hasSize(2);
    }
  }

  private static Outbound onlyOnce(Outbound request) {
    return new Outbound(
        request.method(),
        request.url(),
        request.headers(),
        request.body(),
        request.deadline(),
        request.keepBytes(),
        Repeats.NEVER);
  }

  @Test
  void refusesMoreThanMayWaitForOneHost() throws Exception {
    ClientSettings narrow = LOOPBACK.withPerHost(1, 0);
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Behaviour slow =
        conversation -> {
          conversation.readRequest();
          arrived.countDown();
          release.await();
          conversation.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        };
    try (HttpSender own = HttpSender.start(loops, narrow);
        RawReceiver receiver = new RawReceiver(slow)) {
      Thread first = Thread.ofVirtual().start(() -> sendQuietly(own, receiver));
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();

      assertThat(failure(own.send(post(receiver, LONG)))).isEqualTo(Failure.HOST_BUSY);
      release.countDown();
      first.join();
      assertThat(answer(own.send(post(receiver, LONG))).status()).isEqualTo(200);
    }
  }

  @Test
  void tellsThatItWasClosedMeanwhile() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    AtomicReference<SendResult> result = new AtomicReference<>();
    Behaviour silent =
        conversation -> {
          conversation.readRequest();
          arrived.countDown();
          conversation.waitForEnd();
        };
    try (RawReceiver receiver = new RawReceiver(silent)) {
      HttpSender own = HttpSender.start(loops, LOOPBACK);
      Thread sending = Thread.ofVirtual().start(() -> result.set(sendQuietly(own, receiver)));
      assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
      own.close();
      sending.join();
    }
    assertThat(failure(result.get())).isEqualTo(Failure.CLOSED);
  }

  private static SendResult sendQuietly(HttpSender sender, RawReceiver receiver) {
    try {
      return sender.send(post(receiver, LONG));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static SendResult sendTo(Duration deadline, Behaviour behaviour) throws Exception {
    try (RawReceiver receiver = new RawReceiver(behaviour)) {
      return sender.send(post(receiver, deadline));
    }
  }
}
