package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// SQLite in one file: one writer, one checkpointer, a few reading threads that see the newest
/// commit.
final class SqliteDatabase implements Database {

  private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(2);

  private final SqliteFile file;
  private final SqliteCheckpointer checkpointer;
  private final SqliteWriter writer;
  private final Reads reads;

  private SqliteDatabase(SqliteFile file, StoreSettings.Reads settings, Supervisor supervisor) {
    this.file = file;
    Lock commitLock = new ReentrantLock();
    this.checkpointer = new SqliteCheckpointer(file, commitLock, supervisor);
    this.writer = new SqliteWriter(file, commitLock, checkpointer::wake, supervisor);
    this.reads = new Reads(settings, () -> new SqliteReads(file), supervisor);
  }

  /// Opens the file, brings it to the newest format, and starts the threads.
  static SqliteDatabase open(StoreSettings settings, Supervisor supervisor) {
    SqliteFile file = SqliteFile.take(settings.file(), BUSY_TIMEOUT);
    try {
      Migrations.SQLITE.migrate(file.dataSource());
      return new SqliteDatabase(file, settings.reads(), supervisor);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public <T extends @Nullable Object> T read(ReadLane lane, SqlWork<T> work) {
    return reads.read(lane, work);
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
      reads.stop();
      writer.stopAfterWaiting();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      file.close();
    }
  }
}
