package dev.chasqui.app;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.Reasons;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// The loop that tidies up once a minute, and at once when room runs out. What fails is tried again
/// the next time.
final class Housekeep {

  /// From one look at the room left to the next.
  static final Duration PAUSE = Duration.ofSeconds(2);

  private static final System.Logger LOG = System.getLogger(Housekeep.class.getName());
  private static final int PAUSES_BETWEEN = 30;

  private final Tasks tasks;
  private final Duration pause;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final SupervisedLoop loop;

  /// The tasks of a round.
  ///
  /// @param look after each pause
  /// @param tidy once a minute, or after the pause if room is short
  record Tasks(Runnable look, Runnable tidy, BooleanSupplier isShortOfRoom) {}

  Housekeep(Tasks tasks, Duration pause, Supervisor supervisor) {
    this.tasks = tasks;
    this.pause = pause;
    this.loop = supervisor.loop("housekeep", this::run);
  }

  void start() {
    loop.start();
  }

  void close() {
    loop.expectEnd();
    stop.countDown();
  }

  private void run(LoopReport report) throws InterruptedException {
    boolean isTidy = true;
    for (int pauses = 1; !stop.await(pause.toMillis(), TimeUnit.MILLISECONDS); pauses++) {
      boolean hasLooked = isDone("the look at the room left", tasks.look(), report);
      if (pauses % PAUSES_BETWEEN == 0 || tasks.isShortOfRoom().getAsBoolean()) {
        isTidy = isDone("housekeeping", tasks.tidy(), report);
      }
      if (hasLooked && isTidy) {
        report.goesOn();
      }
    }
  }

  private static boolean isDone(String what, Runnable task, LoopReport report) {
    try {
      task.run();
      return true;
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, what + " failed, and is tried again", e);
      report.waits(what + " failed: " + Reasons.of(e));
      return false;
    }
  }
}
