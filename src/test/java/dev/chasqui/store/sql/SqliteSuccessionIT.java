package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteSuccessionIT extends SuccessionContract {

  SqliteSuccessionIT() {
    super(SqliteFixture::new);
  }
}
