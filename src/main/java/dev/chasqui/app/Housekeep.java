package dev.chasqui.app;

import dev.chasqui.journal.JournalState;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.projection.Projection;
import dev.chasqui.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// The loop that lets go of what is past its retention: journal segments that nobody is owed
/// anything from, and old rows. Once a minute in small steps, and at once when the journal runs out
/// of room; it writes nothing when there is nothing to delete.
final class Housekeep implements Runnable {

  private static final System.Logger LOG = System.getLogger(Housekeep.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final int PAUSES_BETWEEN = 30;
  private static final int STEPS = 200;

  private final Foundations base;
  private final Projection projection;
  private final Tasks tasks;
  private final Bounds bounds;
  private final HoldBacklog holdBacklog;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final SupervisedLoop loop;

  /// What else is to be done.
  ///
  /// @param often every few seconds
  /// @param seldom every minute
  record Tasks(Runnable often, Runnable seldom) {}

  Housekeep(Foundations base, Projection projection, Tasks tasks, Bounds bounds) {
    this.base = base;
    this.projection = projection;
    this.tasks = tasks;
    this.bounds = bounds;
    this.holdBacklog = new HoldBacklog(base);
    this.loop = base.host().supervisor().loop("housekeep", _ -> run());
  }

  void start() {
    loop.start();
  }

  void close() {
    loop.expectEnd();
    stop.countDown();
  }

  @Override
  public void run() {
    try {
      for (int pauses = 1; !stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS); pauses++) {
        attempt(tasks.often());
        if (pauses % PAUSES_BETWEEN == 0 || isShortOfRoom()) {
          tidy();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "a look at the room left failed", e);
    }
  }

  private boolean isShortOfRoom() {
    JournalState state = base.journal().state();
    return !state.isWritable() || state.bytesUsed() > state.bytesCap() / 4 * 3;
  }

  private void tidy() {
    try {
      Instant now = base.clock().instant();
      tasks.seldom().run();
      boolean holds = true;
      while (holds && stop.getCount() > 0) {
        holds = holdBacklog.step(now);
      }
      retain(now);
      for (int i = 0; i < STEPS && stop.getCount() > 0; i++) {
        if (!base.store().housekeeping().step(bounds.retention(now), now)) {
          return;
        }
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "housekeeping failed, trying again in a minute", e);
    }
  }

  /// Nothing old is owed anew between asking what is needed and deleting the rest.
  private void retain(Instant now) {
    Lock alone = base.retention().writeLock();
    alone.lock();
    try {
      base.journal().retain(neededFrom(), now);
    } finally {
      alone.unlock();
    }
  }

  /// The journal position from which on somebody still needs the facts.
  private long neededFrom() {
    Store store = base.store();
    long needed = projection.neededFrom();
    needed = Math.min(needed, store.deliveries().oldestOwedPosition().orElse(Long.MAX_VALUE));
    return Math.min(needed, store.jobs().oldestFailedPosition().orElse(Long.MAX_VALUE));
  }
}
