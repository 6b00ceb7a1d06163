package dev.chasqui.store.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// A reading connection to the file, opened with the first read and kept.
final class SqliteReads implements ReadSessions {

  private final SqliteFile file;
  private @Nullable Session session;

  SqliteReads(SqliteFile file) {
    this.file = file;
  }

  @Override
  public <T extends @Nullable Object> T with(SqlWork<T> work) throws SQLException {
    Session open = session;
    if (open == null) {
      open = file.openForReading();
      session = open;
    }
    return work.run(open);
  }

  @Override
  public void close() {
    Session open = session;
    session = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (SQLException e) {
      System.getLogger(SqliteReads.class.getName())
          .log(System.Logger.Level.WARNING, "closing a reading connection failed", e);
    }
  }
}
