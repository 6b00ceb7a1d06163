package dev.chasqui.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Sends requests over a number of connections from the thread that calls it, with one selector, so
/// that it takes as little as can be from the gateway it shares the machine with. Every request is
/// another one: message id, user, time and signature are its own.
final class LoadGenerator implements AutoCloseable {

  private static final long DRAIN_NANOS = TimeUnit.SECONDS.toNanos(15);

  /// Between two looks at sockets and clock while nothing happens. What falls due meanwhile is sent
  /// together: looking for each request of its own would take the processor from the gateway.
  private static final long NAP_NANOS = 200_000;

  private final InetSocketAddress target;
  private final Requests requests;
  private final Clock clock;
  private final SentTimes sentTimes;
  private final Selector selector;
  private final List<LoadConnection> connections = new ArrayList<>();
  private final Deque<LoadConnection> idle = new ArrayDeque<>();
  private final AtomicLong acknowledged = new AtomicLong();

  private Histogram latency = new Histogram();
  private Map<Integer, Long> refused = new TreeMap<>();
  private long broken;
  private long sequence;

  LoadGenerator(InetSocketAddress target, Requests requests, SentTimes sentTimes, Clock clock)
      throws IOException {
    this.target = target;
    this.requests = requests;
    this.sentTimes = sentTimes;
    this.clock = clock;
    this.selector = Selector.open();
  }

  /// The result of a run.
  ///
  /// @param took from the first request to the last answer
  /// @param latency of the requests that were answered 2xx
  /// @param refused other answers, by status
  /// @param broken requests that ended without an answer
  record Result(
      long acknowledged,
      Duration took,
      Histogram latency,
      Map<Integer, Long> refused,
      long broken) {

    double perSecond() {
      return acknowledged * 1e9 / took.toNanos();
    }

    /// How many requests were not answered 2xx.
    long failures() {
      return broken + refused.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// How many requests were answered 2xx since the generator was made. For any thread.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Sends with that many connections until the load's time is up and all answers are in.
  Result run(Load load, int callers) throws IOException {
    connect(callers);
    selector.selectNow(this::proceed); // replaces what the server closed since, being idle
    latency = new Histogram();
    refused = new TreeMap<>();
    broken = 0;
    long before = acknowledged.get();
    long start = System.nanoTime();
    long end = start + load.duration().toNanos();
    switch (load) {
      case Load.Closed _ -> runClosed(end);
      case Load.Fixed fixed -> runFixed(fixed, start, end);
    }
    drain();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    return new Result(acknowledged.get() - before, took, latency, refused, broken);
  }

  private void connect(int callers) throws IOException {
    while (connections.size() > callers) {
      connections.removeLast().close();
    }
    while (connections.size() < callers) {
      connections.add(new LoadConnection(target, selector, requests.length()));
    }
    idle.clear();
    idle.addAll(connections);
  }

  private void runClosed(long end) throws IOException {
    while (System.nanoTime() < end) {
      for (LoadConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
        send(connection, System.nanoTime());
      }
      selector.select(this::proceed, 1);
    }
  }

  private void runFixed(Load.Fixed load, long start, long end) throws IOException {
    double interval = 1e9 / load.perSecond();
    long sent = 0;
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      long due = start + (long) (sent * interval);
      while (due <= now && !idle.isEmpty()) {
        send(idle.poll(), due);
        sent++;
        due = start + (long) (sent * interval);
      }
      // Also when more is due than there are connections: whoever waits for answers gains nothing
      // by looking for them all the time, and the gateway loses a processor.
      if (selector.selectNow(this::proceed) == 0) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  private void drain() throws IOException {
    long limit = System.nanoTime() + DRAIN_NANOS;
    while (idle.size() < connections.size() && System.nanoTime() < limit) {
      selector.select(this::proceed, 10);
    }
    broken += connections.size() - idle.size();
  }

  private void send(LoadConnection connection, long due) throws IOException {
    long number = sequence++;
    sentTimes.put(number, due);
    try {
      connection.send(requests.request(number, clock.millis() / 1_000), due);
    } catch (IOException _) {
      replace(connection);
    }
  }

  private void proceed(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      int status = connection.proceed();
      if (status != 0) {
        count(status, System.nanoTime() - connection.dueNanos());
        idle.addLast(connection);
      }
    } catch (IOException _) {
      replace(connection);
    }
  }

  private void count(int status, long nanos) {
    if (status / 100 == 2) {
      latency.record(nanos);
      acknowledged.lazySet(acknowledged.getPlain() + 1);
      return;
    }
    refused.merge(status, 1L, Long::sum);
  }

  /// A broken connection counts as one failed request and is made anew.
  private void replace(LoadConnection old) {
    broken++;
    try {
      old.close();
      connections.remove(old);
      idle.remove(old);
      LoadConnection fresh = new LoadConnection(target, selector, requests.length());
      connections.add(fresh);
      idle.addLast(fresh);
    } catch (IOException e) {
      throw new BenchException("the gateway takes no connections: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    for (LoadConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
