package dev.chasqui.store;

import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Lets changes that read before they write happen one after the other. A change may hold others.
public final class OneStep {

  private final ReentrantLock lock = new ReentrantLock();

  /// Runs a change when no other one runs.
  public <T extends @Nullable Object, E extends Exception> T run(Change<T, E> change) throws E {
    lock.lock();
    try {
      return change.make();
    } finally {
      lock.unlock();
    }
  }

  /// Reads what there is, and writes what follows from it.
  @FunctionalInterface
  public interface Change<T extends @Nullable Object, E extends Exception> {
    T make() throws E;
  }
}
