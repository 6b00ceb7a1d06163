package dev.chasqui.projection;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// A lock, and a wait until what it guards meets a condition. What is asked and done under it must
/// be short and must not block.
final class StateLock {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /// Changes the guarded state. Threads that wait check their condition again only if the change
  /// calls [#signal].
  void locked(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      lock.unlock();
    }
  }

  /// Reads what is guarded, or takes from it.
  <T> T read(Supplier<T> reading) {
    lock.lock();
    try {
      return reading.get();
    } finally {
      lock.unlock();
    }
  }

  /// Lets all waiting threads check their condition again. Call it under the lock.
  void signal() {
    changed.signalAll();
  }

  /// Waits for as long as it takes.
  void await(BooleanSupplier isMet) throws InterruptedException {
    lock.lock();
    try {
      while (!isMet.getAsBoolean()) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Waits until the wish is met.
  ///
  /// @return false if the limit passed first
  boolean await(BooleanSupplier isMet, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!isMet.getAsBoolean()) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
