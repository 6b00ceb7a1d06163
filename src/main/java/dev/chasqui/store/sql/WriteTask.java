package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One unit of work on its way through the writer. The writer's thread fills it and then counts the
/// latch down; the caller reads it only after that.
final class WriteTask<T extends @Nullable Object> {

  private final SqlWork<T> work;
  private final boolean durable;
  private final CountDownLatch ended = new CountDownLatch(1);
  private @Nullable Outcome<T> outcome;

  WriteTask(SqlWork<T> work, boolean durable) {
    this.work = work;
    this.durable = durable;
  }

  boolean isDurable() {
    return durable;
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

  T await(Duration limit) {
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw busy("the store takes too long", new SQLException("writer busy"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw busy("interrupted while the store was writing", e);
    }
    return switch (outcome) {
      case null -> throw new IllegalStateException("a task ended without an outcome");
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Failed<T>(RuntimeException failure) -> throw failure;
    };
  }

  private static StoreException busy(String message, Exception cause) {
    return new StoreException(StoreException.Kind.BUSY, message, cause);
  }

  /// What became of the work.
  private sealed interface Outcome<T extends @Nullable Object> {
    record Done<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Failed<T extends @Nullable Object>(RuntimeException failure) implements Outcome<T> {}
  }
}
