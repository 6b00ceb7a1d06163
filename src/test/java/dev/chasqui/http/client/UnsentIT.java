package dev.chasqui.http.client;

import static dev.chasqui.http.client.Senders.LONG;
import static dev.chasqui.http.client.Senders.LOOPBACK;
import static dev.chasqui.http.client.Senders.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.http.EventLoops;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.outbound.Sender.Outbound;
import dev.chasqui.outbound.Sender.Repeats;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests that must not be sent twice say whether they were sent: a deadline that passes before
/// there is a connection is no deadline of an answer.
class UnsentIT {

  private static final Duration SHORT = Duration.ofMillis(400);

  /// Far more than a queue for one connection holds.
  private static final int QUEUED = 8;

  private static EventLoops loops;

  @BeforeAll
  static void start() {
    loops = EventLoops.start(1);
  }

  @AfterAll
  static void stop() {
    loops.close();
  }

  private static Outbound post(String url, Repeats repeats) {
    return new Outbound("POST", URI.create(url), Map.of(), Bytes.utf8("x"), SHORT, 10, repeats);
  }

  @Test
  void aNameServerThatSaysNothingSendsNothing() throws Exception {
    try (HttpSender own = new HttpSender(loops, LOOPBACK, new SilentResolver())) {
      String url = "http://silent.example/";
      assertThat(failure(own.send(post(url, Repeats.NEVER)))).isEqualTo(Failure.RESOLVER_DOWN);
      assertThat(failure(own.send(post(url, Repeats.IF_UNREAD)))).isEqualTo(Failure.TIMEOUT);
    }
  }

  @Test
  void aConnectionThatIsNeverMadeSendsNothing() throws Exception {
    List<SocketChannel> queue = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        HttpSender own = HttpSender.start(loops, LOOPBACK)) {
      fill(full, queue);
      String url = "http://127.0.0.1:" + full.getLocalPort() + "/";
      assertThat(failure(own.send(post(url, Repeats.NEVER)))).isEqualTo(Failure.CONNECT_FAILED);
      assertThat(failure(own.send(post(url, Repeats.IF_UNREAD)))).isEqualTo(Failure.TIMEOUT);
    } finally {
      for (SocketChannel waiting : queue) {
        waiting.close();
      }
    }
  }

  @Test
  void anAnswerThatDoesNotComeMayHaveBeenSent() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (RawReceiver receiver =
            new RawReceiver(
                conversation -> {
                  conversation.readRequest();
                  release.await(LONG.toMillis(), TimeUnit.MILLISECONDS);
                });
        HttpSender own = HttpSender.start(loops, LOOPBACK)) {
      String url = "http://127.0.0.1:" + receiver.port() + "/";
      assertThat(failure(own.send(post(url, Repeats.NEVER)))).isEqualTo(Failure.TIMEOUT);
      release.countDown();
    }
  }

  /// Connects until the operating system takes no more, since nobody accepts.
  private static void fill(ServerSocket socket, List<SocketChannel> queue) throws IOException {
    for (int i = 0; i < QUEUED; i++) {
      SocketChannel waiting = SocketChannel.open();
      queue.add(waiting);
      waiting.configureBlocking(false);
      waiting.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
    }
  }

  /// Asks servers that never answer.
  private static final class SilentResolver implements Resolver {

    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public Resolution resolve(String name, Duration limit) throws InterruptedException {
      boolean isAnswered = never.await(limit.toNanos(), TimeUnit.NANOSECONDS);
      return isAnswered ? new NotFound() : new TemporaryFailure("no answer");
    }

    @Override
    public void close() {}
  }
}
