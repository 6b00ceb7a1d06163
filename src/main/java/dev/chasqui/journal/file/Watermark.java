package dev.chasqui.journal.file;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A position up to which something is durable, and the threads that wait for it to pass another.
///
/// The writer advances it, and takes the lock only if a thread waits. No wake-up is lost: a waiter
/// counts itself before it reads the position, the writer moves the position before it reads the
/// count, and both are volatile.
final class Watermark {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final AtomicInteger waiters = new AtomicInteger();
  private volatile long position;
  private volatile boolean isClosed;

  Watermark(long position) {
    this.position = position;
  }

  long position() {
    return position;
  }

  void advance(long to) {
    position = to;
    wakeWaiters();
  }

  void close() {
    isClosed = true;
    wakeWaiters();
  }

  boolean awaitBeyond(long limit, Duration maxWait) throws InterruptedException {
    if (position > limit) {
      return true;
    }
    waiters.incrementAndGet();
    try {
      return awaitCounted(limit, maxWait);
    } finally {
      waiters.decrementAndGet();
    }
  }

  private boolean awaitCounted(long limit, Duration maxWait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long nanos = maxWait.toNanos();
      while (position <= limit && !isClosed && nanos > 0) {
        nanos = moved.awaitNanos(nanos);
      }
      return position > limit;
    } finally {
      lock.unlock();
    }
  }

  /// The number of threads that wait for a position, for tests.
  int waiters() {
    return waiters.get();
  }

  private void wakeWaiters() {
    if (waiters.get() == 0) {
      return;
    }
    lock.lock();
    try {
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
