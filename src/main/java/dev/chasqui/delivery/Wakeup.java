package dev.chasqui.delivery;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Lets one loop wait and others wake it. A wake-up that comes before the wait is not lost; many
/// are one.
final class Wakeup {

  private final Semaphore signal = new Semaphore(0);

  void wake() {
    if (signal.availablePermits() == 0) {
      signal.release();
    }
  }

  void await(Duration limit) throws InterruptedException {
    if (signal.tryAcquire(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS)) {
      signal.drainPermits();
    }
  }
}
