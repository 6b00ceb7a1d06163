package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteLedgerStoreIT extends LedgerStoreContract {

  SqliteLedgerStoreIT() {
    super(SqliteFixture::new);
  }
}
