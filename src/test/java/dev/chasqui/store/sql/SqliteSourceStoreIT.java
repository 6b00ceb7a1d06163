package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteSourceStoreIT extends SourceStoreContract {

  SqliteSourceStoreIT() {
    super(SqliteFixture::new);
  }
}
