package dev.chasqui.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// A loop on a platform thread of its own. An exception that leaves it is logged, and the loop is
/// run again after a wait that grows from fault to fault. An error, and an end that was not asked
/// for, are told to the supervisor, which ends the process.
///
/// Its monitor guards the status.
public final class SupervisedLoop implements LoopReport {

  private static final System.Logger LOG = System.getLogger(SupervisedLoop.class.getName());
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /// After so long without a fault the waits begin with the shortest again.
  private static final long CALM_NANOS = Duration.ofMinutes(1).toNanos();

  private final String name;
  private final Body body;
  private final Clock clock;
  private final BiConsumer<String, @Nullable Throwable> fatal;
  private final Thread thread;
  private final CountDownLatch ending = new CountDownLatch(1);
  private LoopStatus status;

  /// The work of a loop, until it is told to end.
  @FunctionalInterface
  public interface Body {

    /// Runs the loop; run again after an exception.
    void run(LoopReport report) throws InterruptedException;
  }

  /// @param fatal told why the process must end, and what was thrown
  SupervisedLoop(
      String name, Body body, Clock clock, BiConsumer<String, @Nullable Throwable> fatal) {
    this.name = name;
    this.body = body;
    this.clock = clock;
    this.fatal = fatal;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    this.status = new LoopStatus(name, LoopStatus.State.RUNNING, clock.instant(), null);
  }

  public void start() {
    thread.start();
  }

  /// Says that an end is expected from now on. Called before the loop is told to end.
  public void expectEnd() {
    ending.countDown();
  }

  /// Waits for its end; returns at once if it never began or if it is the caller's own.
  ///
  /// @return false if the limit passed first
  public boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.getState() == Thread.State.NEW
        || thread.equals(Thread.currentThread())
        || thread.join(limit);
  }

  /// The loop's thread, to be woken or interrupted.
  public Thread thread() {
    return thread;
  }

  public synchronized LoopStatus status() {
    return status;
  }

  @Override
  public void waits(String reason) {
    become(LoopStatus.State.WAITING, reason);
  }

  @Override
  public void goesOn() {
    become(LoopStatus.State.RUNNING, null);
  }

  private synchronized void become(LoopStatus.State state, @Nullable String reason) {
    if (status.state() == LoopStatus.State.ENDED) {
      return;
    }
    Instant since = status.state() == state ? status.since() : clock.instant();
    status = new LoopStatus(name, state, since, reason);
  }

  private void run() {
    Duration wait = FIRST_WAIT;
    long began = System.nanoTime();
    while (isToRunAgain(wait)) {
      boolean wasCalm = System.nanoTime() - began > CALM_NANOS;
      wait = wasCalm ? FIRST_WAIT : shorter(wait.multipliedBy(2), LONGEST_WAIT);
      began = System.nanoTime();
      goesOn();
    }
  }

  /// Runs it once.
  ///
  /// @return whether it failed and has waited to be run again
  private boolean isToRunAgain(Duration wait) {
    try {
      body.run(this);
      end(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
    } catch (RuntimeException e) {
      return isWaited(e, wait);
    } catch (Error e) {
      become(LoopStatus.State.ENDED, "ended with " + FaultWords.words(e));
      fatal.accept("loop " + name + " ended with " + FaultWords.words(e), e);
    }
    return false;
  }

  private void end(@Nullable Throwable cause) {
    become(LoopStatus.State.ENDED, isEnding() ? "stopped" : "ended");
    if (!isEnding()) {
      fatal.accept("loop " + name + " ended although nobody stopped it", cause);
    }
  }

  private boolean isEnding() {
    return ending.getCount() == 0;
  }

  private boolean isWaited(RuntimeException fault, Duration wait) {
    LOG.log(
        System.Logger.Level.ERROR,
        "loop " + name + " failed and is run again in " + wait.toMillis() + " ms",
        fault);
    waits(FaultWords.words(fault));
    try {
      if (ending.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        end(null);
        return false;
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
      return false;
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
