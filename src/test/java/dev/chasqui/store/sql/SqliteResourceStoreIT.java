package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteResourceStoreIT extends ResourceStoreContract {

  SqliteResourceStoreIT() {
    super(SqliteFixture::new);
  }
}
