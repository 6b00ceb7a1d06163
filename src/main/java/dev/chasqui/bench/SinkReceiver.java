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
import java.util.concurrent.atomic.AtomicLong;

/// A receiver that takes everything and does next to nothing: it answers 200, counts, and looks up
/// when the message in the body was sent. One thread, loopback only.
final class SinkReceiver implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Selector selector;
  private final SentTimes sentTimes;
  private final Thread thread;
  private final AtomicLong received = new AtomicLong();
  private volatile Histogram latency = new Histogram();
  private volatile boolean isClosing;

  SinkReceiver(SentTimes sentTimes) throws IOException {
    this.sentTimes = sentTimes;
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

  /// Begins a new count of latencies and gives back the one so far. Records that arrive meanwhile
  /// may go to either.
  Histogram swapLatency() {
    Histogram former = latency;
    latency = new Histogram();
    return former;
  }

  private void serve() {
    try {
      while (!isClosing) {
        selector.select(this::proceed);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void proceed(SelectionKey key) {
    if (key.isAcceptable()) {
      accept();
      return;
    }
    SinkConnection connection = (SinkConnection) key.attachment();
    try {
      connection.proceed(this::count);
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

  private void count(long sequence) {
    if (sequence >= 0) {
      latency.record(System.nanoTime() - sentTimes.get(sequence));
    }
    received.lazySet(received.getPlain() + 1);
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
