package dev.chasqui.cli.demo;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Waits for what must come soon.
final class Polling {

  private static final long POLL_MILLIS = 50;

  private Polling() {}

  /// Looks until the condition holds.
  ///
  /// @return false if it did not when the limit passed
  static boolean await(Duration limit, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /// Something that is true sooner or later.
  @FunctionalInterface
  interface Condition {
    boolean holds() throws InterruptedException;
  }
}
