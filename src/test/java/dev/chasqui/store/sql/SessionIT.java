package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What one connection holds.
class SessionIT {

  private static final int SHAPES = 2_000;
  private static final int MAX_OPEN = 512;

  /// Filters of lists come in thousands of shapes, and each is a statement of its own.
  @Test
  void statementsThatWereNotUsedForLongAreClosed() throws SQLException {
    try (SqliteFixture fixture = new SqliteFixture();
        SqliteFile file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1))) {
      Migrations.SQLITE.migrate(file.dataSource());
      try (Session session = file.openForReading()) {
        List<Statement> statements = new ArrayList<>();
        for (int i = 0; i < SHAPES; i++) {
          session.list("SELECT " + i, row -> statements.add(row.getStatement()));
          session.list("SELECT 0", row -> statements.add(row.getStatement()));
        }
        List<Statement> open = new ArrayList<>();
        for (Statement statement : statements.stream().distinct().toList()) {
          if (!statement.isClosed()) {
            open.add(statement);
          }
        }
        assertThat(open).hasSizeBetween(1, MAX_OPEN).contains(statements.get(0));
      }
    }
  }
}
