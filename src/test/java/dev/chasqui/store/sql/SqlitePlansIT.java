package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.Filter;
import dev.chasqui.store.EventViews.OriginFilter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// How SQLite finds what it is asked for. It looks into generations by one descent of the key each,
/// and never sorts what a limit cuts off.
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

  @Test
  void aWorkspacesListIsReadInItsOwnIndex() throws SQLException {
    assertThat(plan(list(filter(null, null, null))))
        .containsExactly(
            "SEARCH events USING INDEX events_by_workspace (workspace=? AND id>? AND id<?)");
    assertThat(plan(list(filter(EventRow.State.FAILED, null, null))))
        .containsExactly(
            "SEARCH events USING INDEX events_unusual_by_workspace"
                + " (workspace=? AND state=? AND id>? AND id<?)");
  }

  @Test
  void whatAnIndexFindsIsNotLookedForInTheWholeWorkspace() throws SQLException {
    assertThat(plan(list(filter(null, "d-1", null))))
        .anyMatch(step -> step.contains("USING INDEX events_by_delivery_id"));
    assertThat(plan(list(filter(null, null, "wamid.1"))))
        .anyMatch(step -> step.startsWith("SEARCH events USING PRIMARY KEY (id=?)"))
        .noneMatch(step -> step.contains("events_by_workspace"));
  }

  private static String list(Filter filter) {
    EventScan scan = new EventScan(Samples.WORKSPACE, filter, StoreFixture.HASH, List.of());
    byte[] id = new byte[16];
    return EventScan.select(scan.where(SqlDialect.SQLITE, id, id), true);
  }

  private static Filter filter(
      EventRow.@Nullable State state, @Nullable String deliveryId, @Nullable String wamid) {
    return new Filter(
        new OriginFilter(null, null, state, deliveryId),
        new ContentFilter(null, null, null, null, wamid, null),
        null,
        null);
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
