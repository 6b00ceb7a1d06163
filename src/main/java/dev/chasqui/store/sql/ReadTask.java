package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One read on its way through a thread of [ReadThreads]. Its lock guards what it runs on and
/// whether it was given up; the caller reads the outcome only after the latch.
final class ReadTask<T extends @Nullable Object> {

  private final SqlWork<T> work;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ReentrantLock lock = new ReentrantLock();
  private boolean givenUp;
  private @Nullable Session runsOn;
  private @Nullable Outcome<T> outcome;

  ReadTask(SqlWork<T> work) {
    this.work = work;
  }

  /// Reads, unless the caller has given up. Never throws but an [Error], which the caller gets too.
  ///
  /// @return the fault of the database, null if there was none
  @Nullable StoreException run(ReadSessions sessions) {
    try {
      outcome = new Outcome.Done<>(sessions.with(this::read));
      return null;
    } catch (SQLException e) {
      StoreException fault = SqlFaults.of(e);
      outcome = new Outcome.Failed<>(fault);
      return fault;
    } catch (RuntimeException e) {
      outcome = new Outcome.Failed<>(e);
      return null;
    } catch (Error e) {
      outcome = new Outcome.Failed<>(new IllegalStateException("a read of the store broke", e));
      throw e;
    } finally {
      ended.countDown();
    }
  }

  private T read(Session session) throws SQLException {
    if (!begin(session)) {
      throw busy("nobody waits for the read any more");
    }
    try {
      return work.run(session);
    } finally {
      end();
    }
  }

  private boolean begin(Session session) {
    lock.lock();
    try {
      runsOn = session;
      return !givenUp;
    } finally {
      lock.unlock();
    }
  }

  /// From here on no interruption meets the session, which goes on with another read.
  private void end() {
    lock.lock();
    try {
      runsOn = null;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the read as soon as the database can.
  void giveUp() {
    lock.lock();
    try {
      givenUp = true;
      if (runsOn != null) {
        runsOn.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  void refuse(StoreException fault) {
    outcome = new Outcome.Failed<>(fault);
    ended.countDown();
  }

  T await(Duration limit) {
    try {
      if (!ended.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        giveUp();
        throw busy("a read of the store takes too long");
      }
    } catch (InterruptedException _) {
      giveUp();
      Thread.currentThread().interrupt();
      throw busy("interrupted while the store was reading");
    }
    return switch (outcome) {
      case null -> throw new IllegalStateException("a read ended without an outcome");
      case Outcome.Done<T>(T value) -> value;
      case Outcome.Failed<T>(RuntimeException failure) -> throw failure;
    };
  }

  static StoreException busy(String message) {
    return new StoreException(StoreException.Kind.BUSY, message, new SQLException(message));
  }

  private sealed interface Outcome<T extends @Nullable Object> {
    record Done<T extends @Nullable Object>(T value) implements Outcome<T> {}

    record Failed<T extends @Nullable Object>(RuntimeException failure) implements Outcome<T> {}
  }
}
