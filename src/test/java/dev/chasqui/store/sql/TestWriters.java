package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/// Writers without a checkpointer beside them.
final class TestWriters {

  private TestWriters() {}

  static SqliteWriter start(SqliteFile file) {
    return new SqliteWriter(file, new ReentrantLock(), () -> {}, Supervisor.ofProcess());
  }

  static void stop(SqliteWriter writer) {
    try {
      writer.stopAfterWaiting();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes more than the file may hold.
  static int fillUp(Session session) throws SQLException {
    try (Statement statement = session.connection().createStatement()) {
      statement.execute("PRAGMA max_page_count = 1");
      return statement.executeUpdate(
          "INSERT INTO apps (workspace, id) VALUES ('big', hex(randomblob(1000000)))");
    }
  }
}
