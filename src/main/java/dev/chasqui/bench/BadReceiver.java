package dev.chasqui.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A bad receiver: it hangs, fails, or answers just before the deadline.
final class BadReceiver implements AutoCloseable {

  private static final int WAITING_CONNECTIONS = 1_024;
  private static final long LATE_MILLIS = 4_900;
  private static final int SERVER_ERROR = 500;
  private static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Habit habit;

  /// The fault of the receiver.
  enum Habit {
    HANGS("hangs"),
    FAILS("fails"),
    IS_LATE("answers after 4.9 s");

    final String words;

    Habit(String words) {
      this.words = words;
    }
  }

  BadReceiver(Habit habit) throws IOException {
    this.habit = habit;
    this.server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), WAITING_CONNECTIONS);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var _ = exchange.getRequestBody().readAllBytes();
      switch (habit) {
        case HANGS -> closed.await();
        case FAILS -> exchange.sendResponseHeaders(SERVER_ERROR, -1);
        case IS_LATE -> {
          var _ = closed.await(LATE_MILLIS, TimeUnit.MILLISECONDS);
          exchange.sendResponseHeaders(OK, -1);
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
