package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteJobStoreIT extends JobStoreContract {

  SqliteJobStoreIT() {
    super(SqliteFixture::new);
  }
}
