package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The lanes on SQLite, whose reads nothing but their reader can end.
class SqliteReadLanesIT extends ReadLanesContract {

  private static final String ENDLESS =
      "WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

  SqliteReadLanesIT() {
    super(SqliteFixture::new);
  }

  @Override
  Database open(StoreSettings settings) {
    return SqliteDatabase.open(settings, Supervisor.ofProcess());
  }

  @Test
  void aReadOverTheLimitIsEndedAndItsThreadReadsOn() {
    try (SqliteFixture other = new SqliteFixture();
        Database impatient =
            SqliteDatabase.open(
                new StoreSettings(
                    other.settings().url(),
                    "node-1",
                    new StoreSettings.Reads(1, 1, Duration.ofMillis(200))),
                Supervisor.ofProcess())) {
      assertThatThrownBy(() -> impatient.view(s -> s.number(ENDLESS, 0)))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.BUSY));
      long seven = 0;
      while (seven == 0) {
        seven = seven(impatient);
      }
      assertThat(seven).isEqualTo(7);
    }
  }

  /// The first one may meet the end of what was interrupted.
  private static long seven(Database database) {
    try {
      return database.view(s -> s.number("SELECT 7", 0));
    } catch (StoreException _) {
      return 0;
    }
  }
}
