package dev.chasqui.store.sql;

/// The role on SQLite, each slice in a generation of its own.
class SqliteLedgerStoreInGenerationsIT extends LedgerStoreContract {

  SqliteLedgerStoreInGenerationsIT() {
    super(SqliteFixture::new, new Generations(1, 1));
  }
}
