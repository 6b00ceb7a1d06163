package dev.chasqui.store.sql;

/// Counters on SQLite.
class SqliteCountersIT extends CountersContract {

  SqliteCountersIT() {
    super(SqliteFixture::new);
  }
}
