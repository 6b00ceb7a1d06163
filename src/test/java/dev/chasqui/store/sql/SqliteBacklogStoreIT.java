package dev.chasqui.store.sql;

/// Replays on SQLite.
class SqliteBacklogStoreIT extends BacklogStoreContract {

  SqliteBacklogStoreIT() {
    super(SqliteFixture::new);
  }
}
