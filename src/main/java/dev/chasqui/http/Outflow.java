package dev.chasqui.http;

import dev.chasqui.http.BrokenStreamException.Fault;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keeps the one thread that writes a body from running ahead of the socket: what was handed to the
/// event loop and is not written yet is bounded. Its lock guards everything in it.
public final class Outflow {

  /// How far a writer may be ahead; a part that is larger goes alone.
  private static final int MAX_AHEAD_BYTES = 128 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int ahead;
  private @Nullable Fault fault;

  /// Waits until there is room for a part, and counts it in.
  ///
  /// @throws BrokenStreamException if nothing can be written any more
  public void take(int bytes) throws InterruptedException {
    lock.lock();
    try {
      while (fault == null && ahead > 0 && ahead + bytes > MAX_AHEAD_BYTES) {
        changed.await();
      }
      if (fault != null) {
        throw new BrokenStreamException(fault);
      }
      ahead += bytes;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all that was counted in is written.
  ///
  /// @throws BrokenStreamException if it cannot be
  public void drain() throws InterruptedException {
    lock.lock();
    try {
      while (fault == null && ahead > 0) {
        changed.await();
      }
      if (fault != null) {
        throw new BrokenStreamException(fault);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A part is written.
  public void give(int bytes) {
    lock.lock();
    try {
      ahead -= bytes;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Nothing can be written any more.
  public void fail(Fault why) {
    lock.lock();
    try {
      fault = fault == null ? why : fault;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the other side has not taken all that was handed over.
  public boolean isWaiting() {
    lock.lock();
    try {
      return ahead > 0;
    } finally {
      lock.unlock();
    }
  }
}
