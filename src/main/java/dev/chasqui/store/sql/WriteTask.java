package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// One unit of work on its way through the writer. The writer's thread fills it and then counts the
/// latch down; the caller reads it only after that.
final class WriteTask<T extends @Nullable Object> {

  private final SqlWork<T> work;
  private final boolean durable;
  private final CountDownLatch ended = new CountDownLatch(1);

  /// Set once: by the writer when it begins, or by a caller that waits no longer.
  private final AtomicBoolean taken = new AtomicBoolean();

  private @Nullable Outcome<T> outcome;

  WriteTask(SqlWork<T> work, boolean durable) {
    this.work = work;
    this.durable = durable;
  }

  boolean isDurable() {
    return durable;
  }

  /// Says that the work is done now.
  ///
  /// @return false if the caller has given it up: then it must not be done
  boolean begin() {
    return taken.compareAndSet(false, true);
  }

  /// Does the work; its result counts only after [#end].
  void run(Session session) throws SQLException {
    outcome = new Outcome.Done<>(work.run(session));
  }

  void fail(RuntimeException failure) {
    outcome = new Outcome.Failed<>(failure);
  }

  void end() {
    ended.countDown();
  }

  /// Waits for the result. Work that has not begun within the limit is given up, and never done.
  ///
  /// @throws StoreException [StoreException.Kind#BUSY] if it was given up,
  ///   [StoreException.Kind#GONE] if it has begun and does not end: then it is not known whether it
  ///   is done
  T await(Duration limit) {
    boolean isInterrupted = false;
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        giveUp(limit);
      }
    } catch (InterruptedException _) {
      isInterrupted = true;
      giveUp(limit);
    } finally {
      if (isInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return switch (outcome) {
      case null -> throw new IllegalStateException("a task ended without an outcome");
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Failed<T>(RuntimeException failure) -> throw failure;
    };
  }

  /// Gives the work up if it has not begun, else waits for its end.
  private void giveUp(Duration limit) {
    if (begin()) {
      throw fault(StoreException.Kind.BUSY, "the store takes too long", "writer busy");
    }
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw fault(
            StoreException.Kind.GONE,
            "the store does not answer; nobody knows whether the write is done",
            "writer stands");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw fault(
          StoreException.Kind.GONE,
          "interrupted while the store was writing; nobody knows whether the write is done",
          "interrupted");
    }
  }

  private static StoreException fault(StoreException.Kind kind, String message, String cause) {
    return new StoreException(kind, message, new SQLException(cause));
  }

  private sealed interface Outcome<T extends @Nullable Object> {
    record Done<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Failed<T extends @Nullable Object>(RuntimeException failure) implements Outcome<T> {}
  }
}
