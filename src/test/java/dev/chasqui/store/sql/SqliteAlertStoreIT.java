package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteAlertStoreIT extends AlertStoreContract {

  SqliteAlertStoreIT() {
    super(SqliteFixture::new);
  }
}
