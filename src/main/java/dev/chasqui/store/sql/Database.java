package dev.chasqui.store.sql;

import org.jspecify.annotations.Nullable;

/// Runs units of work on a database. Faults of the database come out as
/// [dev.chasqui.store.StoreException].
interface Database extends AutoCloseable {

  /// Runs a unit that only reads, on a thread of the lane with a connection of its own. Over the
  /// lane's bound it fails at once as [dev.chasqui.store.StoreException.Kind#BUSY].
  <T extends @Nullable Object> T read(ReadLane lane, SqlWork<T> work);

  /// Runs a short unit that only reads.
  default <T extends @Nullable Object> T read(SqlWork<T> work) {
    return read(ReadLane.WORK, work);
  }

  /// Runs a unit that only reads and may take long.
  default <T extends @Nullable Object> T view(SqlWork<T> work) {
    return read(ReadLane.VIEWS, work);
  }

  /// Runs a unit that writes; all of it or nothing is there afterwards. With SQLite a power cut may
  /// take the newest units whole.
  <T extends @Nullable Object> T write(SqlWork<T> work);

  /// Like [#write], and on disk before it returns.
  <T extends @Nullable Object> T writeDurably(SqlWork<T> work);

  SqlDialect dialect();

  @Override
  void close();
}
