package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteFallbackStoreIT extends FallbackStoreContract {

  SqliteFallbackStoreIT() {
    super(SqliteFixture::new);
  }
}
