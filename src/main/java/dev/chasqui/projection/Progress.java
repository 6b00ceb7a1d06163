package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// How far the projection is, written by its loop, waited for by readers that want to see what they
/// just wrote. Its lock guards everything in it.
final class Progress {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

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

  /// The loop begins here.
  void startAt(long position) {
    moveTo(position, 0, 0);
    lock.lock();
    try {
      isStarted = true;
    } finally {
      lock.unlock();
    }
  }

  /// Everything before the position is projected.
  void moveTo(long position, int moreFacts, int moreFailures) {
    lock.lock();
    try {
      cursor = position;
      waitingSince = null;
      trouble = null;
      facts += moreFacts;
      failures += moreFailures;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Work that was taken in at this time is under way.
  void begin(Instant oldest) {
    lock.lock();
    try {
      waitingSince = oldest;
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
        left = moved.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
