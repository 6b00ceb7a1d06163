package dev.chasqui.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another thread does, with a limit that only a failing test reaches.
public final class Conditions {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final Duration STEP = Duration.ofMillis(1);

  private Conditions() {}

  /// @throws AssertionError if it does not come true within the limit
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("never happened: " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
