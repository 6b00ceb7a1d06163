package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How SQLite looks into generations: each by one descent of the key, and never by sorting what a
/// limit cuts off.
class SqlitePlansIT {

  private final SqliteFixture fixture = new SqliteFixture();
  private SqliteFile file;

  @BeforeEach
  void migrate() {
    file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1));
    Migrations.SQLITE.migrate(file.dataSource());
  }

  @AfterEach
  void remove() {
    file.close();
    fixture.close();
  }

  static List<String> lookups() {
    return List.of(
        MessageRows.FIND,
        SubmissionRows.SENT.sql(SqlDialect.SQLITE, 8),
        MentionRows.EVENTS,
        MentionRows.NTH);
  }

  @ParameterizedTest
  @MethodSource("lookups")
  void eachGenerationIsSearchedByItsKey(String sql) throws SQLException {
    List<String> plan = plan(sql);
    assertThat(plan)
        .anyMatch(step -> step.matches("SEARCH m USING PRIMARY KEY \\(generation=\\? AND .*=\\?.*"))
        .anyMatch(step -> step.startsWith("SEARCH g USING PRIMARY KEY"))
        .noneMatch(step -> step.startsWith("SCAN m") || step.startsWith("SCAN g"))
        .noneMatch(step -> step.contains("TEMP B-TREE"));
    assertThat(plan.indexOf(step(plan, "SEARCH g")))
        .isLessThan(plan.indexOf(step(plan, "SEARCH m")));
  }

  private static String step(List<String> plan, String start) {
    return plan.stream().filter(s -> s.startsWith(start)).findFirst().orElseThrow();
  }

  private List<String> plan(String sql) throws SQLException {
    try (Session session = file.openForReading()) {
      return session.list(
          "EXPLAIN QUERY PLAN " + sql.replace("?", "1"), row -> row.getString("detail"));
    }
  }
}
