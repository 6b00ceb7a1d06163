package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far the projection is, written by its loops, waited for by readers that want to see what
/// they just wrote. Its lock guards everything in it.
final class Progress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition hasMoved = lock.newCondition();

  private boolean isStarted;
  private long cursor;
  private @Nullable Instant projectingSince;
  private final Map<Loop, ProjectionHealth.Trouble> troubles = new EnumMap<>(Loop.class);
  private long facts;
  private long failures;

  /// Who may be in trouble.
  enum Loop {
    PROJECTING,
    WRITING
  }

  /// All of it at one moment.
  ///
  /// @param projectingSince when the first fact was taken in of those that are being projected,
  ///   null if none are
  record Snapshot(
      boolean isStarted,
      long cursor,
      @Nullable Instant projectingSince,
      ProjectionHealth.@Nullable Trouble trouble,
      long facts,
      long failures) {}

  /// The loops begin here.
  void startAt(long position) {
    locked(
        () -> {
          cursor = position;
          isStarted = true;
        });
  }

  /// Everything before the position is written.
  void moveTo(long position, int moreFacts, int moreFailures) {
    locked(
        () -> {
          cursor = position;
          troubles.remove(Loop.WRITING);
          facts += moreFacts;
          failures += moreFailures;
        });
  }

  /// Facts are being projected, the first of which was taken in at this time.
  void begin(Instant oldest) {
    locked(() -> projectingSince = oldest);
  }

  /// What was begun is left to be written, or there is nothing to begin.
  void well() {
    locked(
        () -> {
          projectingSince = null;
          troubles.remove(Loop.PROJECTING);
        });
  }

  /// A loop could not go on.
  void trouble(Loop loop, String reason, Instant now) {
    locked(
        () -> {
          ProjectionHealth.Trouble former = troubles.get(loop);
          Instant since = former == null ? now : former.since();
          troubles.put(loop, new ProjectionHealth.Trouble(reason, since));
        });
  }

  private void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
      hasMoved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Snapshot snapshot() {
    lock.lock();
    try {
      ProjectionHealth.Trouble trouble =
          troubles.getOrDefault(Loop.WRITING, troubles.get(Loop.PROJECTING));
      return new Snapshot(isStarted, cursor, projectingSince, trouble, facts, failures);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until everything before the position is projected.
  ///
  /// @return false if the limit passed first
  boolean await(long position, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (cursor < position) {
        if (left <= 0) {
          return false;
        }
        left = hasMoved.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
