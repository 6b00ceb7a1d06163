package dev.chasqui.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// A receiver that takes everything and does next to nothing: it answers, at once or after a while,
/// counts, and looks up when the message in the body was sent. One thread, loopback only.
final class SinkReceiver implements AutoCloseable {

  private static final Duration MAX_WAIT = Duration.ofMinutes(1);

  private final ServerSocketChannel server;
  private final Selector selector;
  private final SentTimes sentTimes;
  private final SinkAnswer answer;
  private final LongSupplier delayNanos;
  private final Queue<Owed> owed = new PriorityQueue<>();
  private final Thread thread;
  private final AtomicLong received = new AtomicLong();
  private volatile Histogram latency = new Histogram();
  private volatile Histogram turnaround = new Histogram();
  private volatile boolean isClosing;

  /// Answers 200 at once.
  SinkReceiver(SentTimes sentTimes) throws IOException {
    this(sentTimes, SinkAnswer.OK, () -> 0);
  }

  /// @param delayNanos from a request to its answer, asked for each
  SinkReceiver(SentTimes sentTimes, SinkAnswer answer, LongSupplier delayNanos) throws IOException {
    this.sentTimes = sentTimes;
    this.answer = answer;
    this.delayNanos = delayNanos;
    this.selector = Selector.open();
    this.server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 1_024);
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().daemon().name("bench-sink").start(this::serve);
  }

  /// Where it listens.
  int port() {
    return server.socket().getLocalPort();
  }

  /// How many requests were answered since the start.
  long received() {
    return received.get();
  }

  /// Begins a new count of latencies, from sent to received, and gives back the one so far. Records
  /// that arrive meanwhile may go to either.
  Histogram swapLatency() {
    Histogram former = latency;
    latency = new Histogram();
    return former;
  }

  /// The same from sent to answered.
  Histogram swapTurnaround() {
    Histogram former = turnaround;
    turnaround = new Histogram();
    return former;
  }

  /// Waits until so many messages were answered since the turnarounds are counted.
  ///
  /// @throws BenchException if that takes too long
  void awaitAnswers(long messages) throws InterruptedException {
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    while (turnaround.total() < messages) {
      if (System.nanoTime() > end) {
        throw new BenchException(
            turnaround.total() + " of " + messages + " messages were answered");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /// Waits until so many requests were answered since the start.
  ///
  /// @throws BenchException if that takes too long
  void await(long requests) throws InterruptedException {
    long end = System.nanoTime() + MAX_WAIT.toNanos();
    while (received() < requests) {
      if (System.nanoTime() > end) {
        throw new BenchException(received() + " of " + requests + " requests came");
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /// An answer that is not due yet.
  private record Owed(SinkConnection connection, long sequence, long dueNanos)
      implements Comparable<Owed> {
    @Override
    public int compareTo(Owed other) {
      return Long.signum(dueNanos - other.dueNanos);
    }
  }

  private void serve() {
    try {
      while (!isClosing) {
        selector.select(this::proceed, millisToNextAnswer());
        payWhatIsDue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// 0 waits for the next request.
  private long millisToNextAnswer() {
    Owed next = owed.peek();
    long nanos = next == null ? 0 : next.dueNanos - System.nanoTime();
    return next == null ? 0 : Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos));
  }

  private void payWhatIsDue() {
    while (!owed.isEmpty() && owed.peek().dueNanos <= System.nanoTime()) {
      Owed next = owed.remove();
      answer(next.connection, next.sequence);
    }
  }

  private void answer(SinkConnection connection, long sequence) {
    try {
      connection.answer(answer.to(sequence));
      note(turnaround, sequence);
    } catch (IOException _) {
      connection.close();
    }
  }

  private void proceed(SelectionKey key) {
    if (key.isAcceptable()) {
      accept();
      return;
    }
    SinkConnection connection = (SinkConnection) key.attachment();
    try {
      connection.proceed(sequence -> took(connection, sequence));
    } catch (IOException _) {
      connection.close();
    }
  }

  private void accept() {
    try {
      SocketChannel channel = server.accept();
      if (channel != null) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new SinkConnection(channel));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void took(SinkConnection connection, long sequence) {
    count(sequence);
    long delay = delayNanos.getAsLong();
    if (delay == 0) {
      answer(connection, sequence);
    } else {
      owed.add(new Owed(connection, sequence, System.nanoTime() + delay));
    }
  }

  private void count(long sequence) {
    note(latency, sequence);
    received.lazySet(received.getPlain() + 1);
  }

  private void note(Histogram histogram, long sequence) {
    if (sequence >= 0) {
      histogram.record(System.nanoTime() - sentTimes.get(sequence));
    }
  }

  @Override
  public void close() throws IOException {
    isClosing = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }
}
