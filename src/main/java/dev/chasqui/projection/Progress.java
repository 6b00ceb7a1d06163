package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
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
  private @Nullable Instant waitingSince;
  private ProjectionHealth.@Nullable Trouble trouble;
  private long facts;
  private long failures;

  /// All of it at one moment.
  record Snapshot(
      boolean isStarted,
      long cursor,
      @Nullable Instant waitingSince,
      ProjectionHealth.@Nullable Trouble trouble,
      long facts,
      long failures) {}

  /// What was written.
  ///
  /// @param cursor everything before it is projected
  /// @param oldest when the oldest work that is under way was taken in, null if there is none
  record Moved(long cursor, int facts, int failures, @Nullable Instant oldest) {}

  /// The loop begins here.
  void startAt(long position) {
    moveTo(new Moved(position, 0, 0, null));
    lock.lock();
    try {
      isStarted = true;
    } finally {
      lock.unlock();
    }
  }

  /// Work was written.
  void moveTo(Moved moved) {
    lock.lock();
    try {
      cursor = moved.cursor();
      waitingSince = moved.oldest();
      trouble = null;
      facts += moved.facts();
      failures += moved.failures();
      hasMoved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Work that was taken in at this time is under way.
  void begin(Instant oldest) {
    lock.lock();
    try {
      waitingSince = waitingSince == null ? oldest : waitingSince;
    } finally {
      lock.unlock();
    }
  }

  /// The loop could not go on.
  void trouble(String reason, Instant now) {
    lock.lock();
    try {
      trouble = new ProjectionHealth.Trouble(reason, trouble == null ? now : trouble.since());
    } finally {
      lock.unlock();
    }
  }

  /// The loop is well.
  void well() {
    lock.lock();
    try {
      trouble = null;
    } finally {
      lock.unlock();
    }
  }

  Snapshot snapshot() {
    lock.lock();
    try {
      return new Snapshot(isStarted, cursor, waitingSince, trouble, facts, failures);
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
