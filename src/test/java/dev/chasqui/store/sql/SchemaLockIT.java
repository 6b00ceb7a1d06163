package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.observe.HeldElsewhereException;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import dev.chasqui.testkit.Conditions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SchemaLockIT {

  private static final String LOCK =
      "pg_advisory_lock(1128813393, hashtext(current_schema()) & 2147483647)";

  private static final String END_THE_HOLDER =
      """
      SELECT pg_terminate_backend(pid) FROM pg_locks
      WHERE locktype = 'advisory' AND granted AND classid = 1128813393
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """;

  private final Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
  private final List<String> ends = new CopyOnWriteArrayList<>();
  private final Supervisor supervisor = new Supervisor(Clock.systemUTC(), ends::add);

  @Test
  void p1ASecondProcessIsRefusedBeforeAnythingIsTouched() throws SQLException {
    try (PostgresFixture fixture = new PostgresFixture();
        Connection other = DriverManager.getConnection(fixture.jdbc());
        Statement statement = other.createStatement()) {
      statement.execute("SELECT " + LOCK);
      assertThatThrownBy(() -> fixture.open(clock))
          .isInstanceOf(HeldElsewhereException.class)
          .hasMessageContaining("works on the PostgreSQL schema 'public' of store.url");
      assertThat(fixture.numbers("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
          .containsExactly(0L);
    }
  }

  @Test
  void itIsNamedWhoHoldsTheSchemaAndTheSchemaIsFreeAfterItsEnd() {
    try (PostgresFixture fixture = new PostgresFixture()) {
      try (Store _ = fixture.open(clock)) {
        assertThatThrownBy(() -> fixture.open(clock))
            .isInstanceOf(HeldElsewhereException.class)
            .hasMessageStartingWith("another Chasqui (chasqui node-1 at 127.0.0.1) works on");
      }
      try (Store again = fixture.open(clock)) {
        assertThat(again.isWritable()).isTrue();
      }
    }
  }

  @Test
  void aLockThatNobodyElseTookIsTakenAgain() {
    try (PostgresFixture fixture = new PostgresFixture();
        Store store = fixture.open(clock, Generations.USUAL, supervisor)) {
      assertThat(store.isWritable()).isTrue();
      fixture.run(END_THE_HOLDER);
      Conditions.until("the loss is seen", () -> isHeldBy(fixture) == 0 || !store.isWritable());
      Conditions.until("it is taken again", () -> isHeldBy(fixture) == 1 && store.isWritable());
      assertThat(ends).isEmpty();
    }
  }

  @Test
  void p1ALockThatAnotherProcessTookEndsThisOne() throws Exception {
    try (PostgresFixture fixture = new PostgresFixture();
        Store store = fixture.open(clock, Generations.USUAL, supervisor);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        Connection other = DriverManager.getConnection(fixture.jdbc());
        Statement statement = other.createStatement()) {
      Future<Boolean> taken = thread.submit(() -> statement.execute("SELECT " + LOCK));
      Conditions.until("another process waits for the lock", () -> waiting(fixture) == 1);
      fixture.run(END_THE_HOLDER);
      assertThat(taken.get()).isTrue();
      Conditions.until("this process ends", () -> !ends.isEmpty());
      assertThat(ends.getFirst())
          .startsWith("the lock on the store's schema was lost, and another process");
      assertThatThrownBy(() -> store.projection().cursor(0))
          .as("nothing is read or written without the lock")
          .isInstanceOf(StoreException.class);
    }
  }

  @Test
  void p1ALockThatAnotherProcessHadMeanwhileEndsThisOne() {
    try (PostgresFixture fixture = new PostgresFixture();
        Store _ = fixture.open(clock, Generations.USUAL, supervisor)) {
      fixture.run("UPDATE revision SET owner = 'another'");
      fixture.run(END_THE_HOLDER);
      Conditions.until("this process ends", () -> !ends.isEmpty());
      assertThat(ends.getFirst()).endsWith("and another process worked on it meanwhile");
    }
  }

  private static long isHeldBy(PostgresFixture fixture) {
    return count(fixture, "granted");
  }

  private static long waiting(PostgresFixture fixture) {
    return count(fixture, "NOT granted");
  }

  private static long count(PostgresFixture fixture, String which) {
    return fixture
        .numbers(
            """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 1128813393
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) AND
            """
                + which)
        .getFirst();
  }
}
