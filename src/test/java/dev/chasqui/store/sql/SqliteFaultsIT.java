package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What the embedded store does when the file is not its own.
class SqliteFaultsIT {

  private final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private final SqliteFixture fixture = new SqliteFixture();

  @AfterEach
  void removeFiles() {
    fixture.close();
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + fixture.file());
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertFails(ThrowingCallable call, StoreException.Kind kind) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  @Test
  void aStoreLockedBySomebodyElseIsBusyAndThenGoesOnByItself() throws SQLException {
    try (Store store = fixture.open(clock);
        Connection other = connect()) {
      execute(other, "BEGIN IMMEDIATE");
      assertFails(
          () -> store.projection().commit(Samples.batch(5, List.of(), List.of())),
          StoreException.Kind.BUSY);
      assertThat(store.isWritable()).isFalse();
      assertThat(store.projection().cursor(0)).isZero();
      execute(other, "ROLLBACK");
      store.projection().commit(Samples.batch(5, List.of(), List.of()));
      assertThat(store.projection().cursor(0)).isEqualTo(5);
      assertThat(store.isWritable()).isTrue();
    }
  }

  @Test
  void aSecondOwnerIsRefusedUntilTheFirstHasClosed() {
    Store first = fixture.open(clock);
    assertThatThrownBy(() -> fixture.open(clock).close())
        .isInstanceOf(HeldElsewhereException.class)
        .hasMessageContaining("another Chasqui uses the store");
    first.close();
    fixture.open(clock).close();
  }

  @Test
  void aStoreOfANewerProgramIsRefused() throws SQLException {
    fixture.open(clock).close();
    try (Connection connection = connect()) {
      execute(
          connection,
          """
          INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,
            installed_by, execution_time, success)
          VALUES (99, '999', 'later', 'SQL', 'V999__later.sql', 'x', 1, 1)
          """);
    }
    assertFails(() -> fixture.open(clock).close(), StoreException.Kind.REFUSED);
  }

  @Test
  void aFullDatabaseIsGoneAndTheStoreGoesOnWhenThereIsRoom() {
    try (SqliteFile file = SqliteFile.take(fixture.file(), Duration.ofSeconds(1))) {
      Migrations.SQLITE.migrate(file.dataSource());
      SqliteWriter writer = TestWriters.start(file);
      assertFails(() -> writer.write(TestWriters::fillUp, false), StoreException.Kind.GONE);
      // The next group has a new connection, without the limit.
      boolean moved = writer.write(s -> Cursors.advance(s, "projection", 0, 7), false);
      assertThat(moved).isTrue();
      TestWriters.stop(writer);
    }
  }

  @Test
  void aCallAfterTheEndIsRefused() {
    Store store = fixture.open(clock);
    store.close();
    assertFails(
        () -> store.projection().commit(Samples.batch(5, List.of(), List.of())),
        StoreException.Kind.GONE);
  }
}
