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

  /// Ends the watch.
  ///
  /// @return the average backlog of the first, second and last third of the time; all 0 if it was
  ///   too short
  double[] thirds() {
    close();
    int third = seen.size() / 3;
    double[] means = new double[3];
    for (int i = 0; third > 0 && i < 3; i++) {
      means[i] =
          seen.subList(i * third, (i + 1) * third).stream()
              .mapToLong(Long::longValue)
              .average()
              .orElse(0);
    }
    return means;
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
