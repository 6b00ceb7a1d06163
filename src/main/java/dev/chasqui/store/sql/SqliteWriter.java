package dev.chasqui.store.sql;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// The only thread that writes to the file. It takes all waiting tasks, up to a bound, and commits
/// them as one transaction; each stands in a savepoint of its own, so that one which fails takes no
/// other with it. Only a fault of the whole database (locked, disk full) fails the group, and the
/// next group begins on a new connection.
final class SqliteWriter {

  private static final int MAX_WAITING = 1_024;
  private static final int MAX_GROUP = 64;
  private static final Duration ENTER_LIMIT = Duration.ofSeconds(5);
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(60);

  private final SqliteFile file;
  private final Lock commitLock;
  private final Runnable committed;
  private final BlockingQueue<WriteTask<?>> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final WriteTask<@Nullable Void> stop = new WriteTask<>(_ -> null, false);
  private final SupervisedLoop loop;
  private volatile boolean closed;
  // The writer thread's own.
  private @Nullable Session session;
  private boolean full;

  /// @param commitLock held during each transaction
  /// @param committed told after each transaction; must return quickly
  SqliteWriter(SqliteFile file, Lock commitLock, Runnable committed, Supervisor supervisor) {
    this.file = file;
    this.commitLock = commitLock;
    this.committed = committed;
    this.loop = supervisor.loop("store-writer", this::writeUntilStopped);
    loop.start();
  }

  <T extends @Nullable Object> T write(SqlWork<T> work, boolean durable) {
    WriteTask<T> task = new WriteTask<>(work, durable);
    if (closed) {
      throw closedFault();
    }
    enter(task);
    // The writer may have ended in between: then nobody else takes the task out.
    if (closed && waiting.remove(task)) {
      throw closedFault();
    }
    return task.await(WRITE_LIMIT);
  }

  private void enter(WriteTask<?> task) {
    try {
      if (waiting.offer(task, ENTER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(
        StoreException.Kind.BUSY, "too much waits for the store", new SQLException("queue full"));
  }

  private void writeUntilStopped(LoopReport report) throws InterruptedException {
    List<WriteTask<?>> group = new ArrayList<>();
    boolean stopped = false;
    while (!stopped) {
      group.add(waiting.take());
      waiting.drainTo(group, MAX_GROUP - 1);
      stopped = group.remove(stop);
      group.removeIf(task -> !task.begin());
      if (!group.isEmpty()) {
        writeGroup(group, report);
      }
      group.clear();
    }
    waiting.drainTo(group);
    group.forEach(t -> t.fail(closedFault()));
    group.forEach(WriteTask::end);
    closeSession();
  }

  private void writeGroup(List<WriteTask<?>> group, LoopReport report) {
    commitLock.lock();
    try {
      commitTogether(group);
      report.goesOn();
    } catch (SQLException e) {
      StoreException fault = SqlFaults.of(e);
      report.waits(String.valueOf(fault.getMessage()));
      failAll(group, fault);
    } catch (RuntimeException e) {
      failAll(group, e);
    } finally {
      commitLock.unlock();
    }
    group.forEach(WriteTask::end);
    committed.run();
  }

  private void commitTogether(List<WriteTask<?>> group) throws SQLException {
    Session open = open();
    syncOnCommit(open, group.stream().anyMatch(WriteTask::isDurable));
    execute(open, "BEGIN IMMEDIATE");
    for (WriteTask<?> task : group) {
      runAlone(open, task);
    }
    execute(open, "COMMIT");
  }

  private static void runAlone(Session open, WriteTask<?> task) throws SQLException {
    execute(open, "SAVEPOINT task");
    try {
      task.run(open);
    } catch (SQLException e) {
      StoreException fault = SqlFaults.of(e);
      if (fault.isTemporary()) {
        throw e;
      }
      undo(open, task, fault);
    } catch (RuntimeException e) {
      undo(open, task, e);
    }
    execute(open, "RELEASE task");
  }

  private static void undo(Session open, WriteTask<?> task, RuntimeException failure)
      throws SQLException {
    execute(open, "ROLLBACK TO task");
    task.fail(failure);
  }

  private void failAll(List<WriteTask<?>> group, RuntimeException failure) {
    group.forEach(t -> t.fail(failure));
    // Ends the transaction too, whatever state it is in.
    closeSession();
  }

  private Session open() throws SQLException {
    Session open = session;
    if (open == null) {
      open = file.openForWriting();
      session = open;
      full = false;
    }
    return open;
  }

  private void syncOnCommit(Session open, boolean durable) throws SQLException {
    if (durable != full) {
      execute(open, durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
      full = durable;
    }
  }

  private static void execute(Session open, String sql) throws SQLException {
    try (Statement statement = open.connection().createStatement()) {
      statement.execute(sql);
    }
  }

  private void closeSession() {
    Session open = session;
    session = null;
    if (open == null) {
      return;
    }
    try {
      open.close();
    } catch (SQLException e) {
      System.getLogger(SqliteWriter.class.getName())
          .log(System.Logger.Level.WARNING, "closing the store's writing connection failed", e);
    }
  }

  private static StoreException closedFault() {
    return new StoreException(
        StoreException.Kind.GONE, "the store is closed", new SQLException("closed"));
  }

  /// Writes what waits, then ends the thread and its connection.
  void stopAfterWaiting() throws InterruptedException {
    if (!closed) {
      loop.expectEnd();
      closed = true;
      waiting.put(stop);
    }
    var _ = loop.awaitEnd(WRITE_LIMIT);
  }
}
