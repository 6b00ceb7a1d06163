package dev.chasqui.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Looks once a second at how much is acknowledged and not yet received.
final class BacklogWatch implements AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final LongSupplier backlog;
  private final List<Long> seen = new ArrayList<>();
  private final Thread thread;

  BacklogWatch(LongSupplier backlog) {
    this.backlog = backlog;
    this.thread = Thread.ofVirtual().start(this::watch);
  }

  /// The average backlog in each third of the time; all 0 if it was too short.
  record Thirds(double first, double second, double last) {}

  /// Ends the watch.
  Thirds thirds() {
    close();
    int third = seen.size() / 3;
    return new Thirds(mean(0, third), mean(third, 2 * third), mean(2 * third, 3 * third));
  }

  private double mean(int from, int to) {
    return seen.subList(from, to).stream().mapToLong(Long::longValue).average().orElse(0);
  }

  private void watch() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
        seen.add(backlog.getAsLong());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
