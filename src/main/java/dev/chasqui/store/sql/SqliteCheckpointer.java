package dev.chasqui.store.sql;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.StoreException;
import java.lang.System.Logger.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/// Moves pages from the write-ahead log into the file in a thread of its own, small and often while
/// there is work, so that no commit waits for it and no large flush falls upon the disk at once.
/// Its disk requests go after everybody's, above all after the journal's, for which senders wait.
///
/// Beside a busy writer a passive checkpoint never catches up fully, so the log would only grow:
/// above a limit the last piece is done while holding the writer's lock, after which the next
/// commit starts the log from its beginning.
final class SqliteCheckpointer {

  private static final System.Logger LOG = System.getLogger(SqliteCheckpointer.class.getName());
  private static final Duration MIN_INTERVAL = Duration.ofMillis(30);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final long PAGE_BYTES = 4_096;
  private static final long LOG_LIMIT_BYTES = 64L << 20;

  private final SqliteFile file;
  private final Lock commitLock;
  private final Semaphore work = new Semaphore(0);
  private final Semaphore stopped = new Semaphore(0);
  private final SupervisedLoop loop;
  private volatile boolean closed;

  /// The loop's own.
  private long checkpoints;

  SqliteCheckpointer(SqliteFile file, Lock commitLock, Supervisor supervisor) {
    this.file = file;
    this.commitLock = commitLock;
    this.loop = supervisor.loop("store-checkpoint", this::runUntilClosed);
    loop.start();
  }

  /// There is something new in the log.
  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void runUntilClosed(LoopReport report) throws InterruptedException {
    var _ = DiskPriority.IDLE.claim();
    Duration wait = MIN_INTERVAL;
    while (!closed) {
      long before = checkpoints;
      try (Session session = file.openForWriting()) {
        checkpointWhileOpen(session, report);
      } catch (SQLException e) {
        wait = checkpoints == before ? doubled(wait) : MIN_INTERVAL;
        StoreException fault = SqlFaults.of(e);
        report.waits(String.valueOf(fault.getMessage()));
        LOG.log(
            Level.WARNING,
            "a checkpoint of the store failed: {0}; tried again in {1}",
            fault.getMessage(),
            wait);
        // What was to be done is still to be done.
        wake();
        pause(wait);
      }
    }
  }

  private static Duration doubled(Duration wait) {
    Duration twice = wait.multipliedBy(2);
    return twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
  }

  private void checkpointWhileOpen(Session session, LoopReport report)
      throws SQLException, InterruptedException {
    while (!closed) {
      work.acquire();
      pause(MIN_INTERVAL);
      work.drainPermits();
      boolean isLarge = checkpoint(session) * PAGE_BYTES > LOG_LIMIT_BYTES;
      if (isLarge) {
        finish(session);
      }
      checkpoints++;
      report.goesOn();
    }
  }

  private void finish(Session session) throws SQLException {
    var _ = DiskPriority.NORMAL.claim();
    commitLock.lock();
    try {
      checkpoint(session);
    } finally {
      commitLock.unlock();
      var _ = DiskPriority.IDLE.claim();
    }
  }

  /// @return the pages in the log
  private static long checkpoint(Session session) throws SQLException {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      return row.next() ? row.getLong("log") : 0;
    }
  }

  private void pause(Duration time) throws InterruptedException {
    if (stopped.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS)) {
      stopped.release();
    }
  }

  /// Ends the thread after the checkpoint under way.
  void stop() throws InterruptedException {
    loop.expectEnd();
    closed = true;
    stopped.release();
    work.release();
    var _ = loop.awaitEnd(STOP_LIMIT);
  }
}
