package dev.chasqui.store.sql;

import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/// Keeps a PostgreSQL schema to one process: leases, cursors and the journal's positions assume it.
///
/// It is an advisory lock of a session of its own, so it ends with the process, and with the
/// session. A session can be lost while the process lives (the server is restarted, the network
/// breaks), and then another process may take the lock. So the session is watched; without it
/// nothing is read or written, and no connection to the database is opened. It is taken again when
/// the database can be reached. If another process has it by then, or had it meanwhile (it has
/// written its name, `revision.owner`), this one has work in its hands that is not its own any
/// more, and must end.
///
/// Between the loss of the session alone and its notice another process may work beside this one
/// for [#WATCH]; a restarted server cuts all sessions, so then there is no such time.
final class SchemaLock implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(SchemaLock.class.getName());

  /// A process that was just killed holds its lock until the server has noticed.
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private static final Duration WATCH = Duration.ofSeconds(1);
  private static final Duration LAST_LOOK = Duration.ofSeconds(10);

  private final DataSource source;
  private final Supervisor supervisor;
  private final String owner = UUID.randomUUID().toString();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ReentrantLock taking = new ReentrantLock();
  private final SupervisedLoop watching;

  // Replaced under the lock.
  private SchemaSession session;
  private volatile boolean isHeld = true;

  private SchemaLock(DataSource source, SchemaSession session, Supervisor supervisor) {
    this.source = source;
    this.supervisor = supervisor;
    this.session = session;
    this.watching = supervisor.loop("store-lock", this::watch);
  }

  /// Takes the lock, before anything in the schema is touched.
  ///
  /// @throws HeldElsewhereException if another process has it
  /// @throws dev.chasqui.store.StoreException if the database cannot be reached
  static SchemaLock take(DataSource source, Supervisor supervisor) {
    try {
      return new SchemaLock(source, firstSession(source), supervisor);
    } catch (SQLException e) {
      throw PostgresFaults.cannotConnect(e);
    }
  }

  private static SchemaSession firstSession(DataSource source) throws SQLException {
    Connection connection = source.getConnection();
    try {
      SchemaSession session = SchemaSession.of(connection);
      long end = System.nanoTime() + MAX_WAIT.toNanos();
      while (!session.tryToLock()) {
        if (System.nanoTime() - end > 0) {
          throw new HeldElsewhereException(
              "another Chasqui ("
                  + session.holder()
                  + ") works on the PostgreSQL schema '"
                  + session.schema()
                  + "' of store.url; stop it, or give this one a database or a schema of its own");
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    } catch (InterruptedException e) {
      connection.close();
      Thread.currentThread().interrupt();
      throw new SQLTransientConnectionException("interrupted while waiting for the schema's lock");
    }
  }

  /// Writes who holds the schema, and begins to watch. Called when the schema has its newest
  /// format.
  void own() {
    try {
      session.own(owner);
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
    watching.start();
  }

  /// Lets pass who may use the database now.
  ///
  /// @throws SQLException if the lock is lost and cannot be taken again at once
  void require() throws SQLException {
    if (!isHeld && !tryToTakeAgain()) {
      throw new SQLTransientConnectionException(
          "the lock on the schema is lost", new SQLException("lock lost"));
    }
  }

  /// The same for a new connection, which is a sign that others were cut: looks whether the lock's
  /// session lives.
  void requireAlive() throws SQLException {
    check();
    require();
  }

  private void watch(LoopReport report) throws InterruptedException {
    while (!closed.await(WATCH.toMillis(), TimeUnit.MILLISECONDS)) {
      check();
      if (isHeld || tryToTakeAgain()) {
        report.goesOn();
      } else {
        report.waits("the lock on the schema is lost; it is taken again when the database answers");
      }
    }
  }

  private void check() {
    taking.lock();
    try {
      if (isHeld && closed.getCount() > 0 && !session.isAlive()) {
        isHeld = false;
        LOG.log(
            System.Logger.Level.WARNING,
            "the session that holds the lock on the store's schema is lost; the store waits until"
                + " the lock is taken again");
      }
    } finally {
      taking.unlock();
    }
  }

  /// @return false if the database does not answer, or another process holds the lock
  private boolean tryToTakeAgain() {
    if (closed.getCount() == 0 || !isOurTurn()) {
      return isHeld;
    }
    try {
      if (!isHeld) {
        takeAgain();
      }
      return isHeld;
    } catch (SQLException e) {
      return false;
    } finally {
      taking.unlock();
    }
  }

  private boolean isOurTurn() {
    try {
      return taking.tryLock(WATCH.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void takeAgain() throws SQLException {
    SchemaSession former = session;
    former.close();
    Connection connection = source.getConnection();
    try {
      SchemaSession next = SchemaSession.of(connection);
      if (!next.tryToLock()) {
        boolean isOurOwn = next.holderPid() == former.pid();
        if (!isOurOwn) {
          lost("another process (" + next.holder() + ") has taken it");
        }
        connection.close();
        return;
      }
      if (!next.isOwnedBy(owner)) {
        lost("another process worked on it meanwhile");
        connection.close();
        return;
      }
      session = next;
      isHeld = true;
      LOG.log(System.Logger.Level.INFO, "the lock on the store's schema is taken again");
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void lost(String how) {
    supervisor.fatal("the lock on the store's schema was lost, and " + how, null);
  }

  /// Lets go of the schema.
  @Override
  public void close() {
    watching.expectEnd();
    closed.countDown();
    try {
      var _ = watching.awaitEnd(LAST_LOOK);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    taking.lock();
    try {
      session.close();
    } finally {
      taking.unlock();
    }
  }
}
