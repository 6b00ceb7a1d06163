package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteProjectionStoreIT extends ProjectionStoreContract {

  SqliteProjectionStoreIT() {
    super(SqliteFixture::new);
  }
}
