package dev.chasqui.store.sql;

import dev.chasqui.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// SQLite in one file: one writer, one checkpointer, a few readers that see the newest commit.
final class SqliteDatabase implements Database {

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration READER_LIMIT = Duration.ofSeconds(5);
  private static final int READERS = 4;

  private final SqliteFile file;
  private final SqliteCheckpointer checkpointer;
  private final SqliteWriter writer;
  // Readers at rest; a slot without a session is opened by whoever takes it.
  private final BlockingQueue<Slot> readers = new ArrayBlockingQueue<>(READERS);

  private SqliteDatabase(SqliteFile file) {
    this.file = file;
    Lock commitLock = new ReentrantLock();
    this.checkpointer = new SqliteCheckpointer(file, commitLock);
    this.writer = new SqliteWriter(file, commitLock, checkpointer::wake);
    for (int i = 0; i < READERS; i++) {
      readers.add(new Slot());
    }
  }

  /// Opens the file, brings it to the newest format, and starts the threads.
  static SqliteDatabase open(Path path) {
    SqliteFile file = SqliteFile.take(path, BUSY_TIMEOUT);
    try {
      Migrations.SQLITE.migrate(file.dataSource());
      return new SqliteDatabase(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public <T extends @Nullable Object> T read(SqlWork<T> work) {
    Slot slot = takeReader();
    try {
      return work.run(slot.open(file));
    } catch (SQLException e) {
      StoreException fault = Faults.of(e);
      if (fault.isTemporary()) {
        slot.close();
      }
      throw fault;
    } finally {
      readers.add(slot);
    }
  }

  private Slot takeReader() {
    try {
      Slot slot = readers.poll(READER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (slot != null) {
        return slot;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    throw new StoreException(
        StoreException.Kind.BUSY, "too many reads of the store", new SQLException("no reader"));
  }

  @Override
  public <T extends @Nullable Object> T write(SqlWork<T> work) {
    return writer.write(work, false);
  }

  @Override
  public <T extends @Nullable Object> T writeDurably(SqlWork<T> work) {
    return writer.write(work, true);
  }

  @Override
  public SqlDialect dialect() {
    return SqlDialect.SQLITE;
  }

  @Override
  public void close() {
    try {
      checkpointer.stop();
      closeReaders();
      writer.stopAfterWaiting();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      file.close();
    }
  }

  private void closeReaders() throws InterruptedException {
    List<Slot> taken = new ArrayList<>();
    while (taken.size() < READERS) {
      Slot slot = readers.poll(READER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (slot == null) {
        return;
      }
      slot.close();
      taken.add(slot);
    }
  }

  /// A reader's place; used by whoever has taken it from the queue.
  private static final class Slot {

    private @Nullable Session session;

    Session open(SqliteFile file) throws SQLException {
      Session open = session;
      if (open == null) {
        open = file.openForReading();
        session = open;
      }
      return open;
    }

    void close() {
      Session open = session;
      session = null;
      try {
        if (open != null) {
          open.close();
        }
      } catch (SQLException e) {
        System.getLogger(SqliteDatabase.class.getName())
            .log(System.Logger.Level.WARNING, "closing a reading connection failed", e);
      }
    }
  }
}
