package dev.chasqui.projection;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells loops to end, and lets them wait without missing it.
final class StopSign {

  private final CountDownLatch raised = new CountDownLatch(1);

  void raise() {
    raised.countDown();
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /// Waits, but no longer than until the sign is raised.
  void pause(Duration time) throws InterruptedException {
    var _ = raised.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
