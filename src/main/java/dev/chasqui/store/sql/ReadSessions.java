package dev.chasqui.store.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Where a reading thread has its connection from; used by that thread alone.
interface ReadSessions extends AutoCloseable {

  /// Runs a read on the connection.
  <T extends @Nullable Object> T with(SqlWork<T> work) throws SQLException;

  /// Ends the connection; the next read opens another.
  @Override
  void close();
}
