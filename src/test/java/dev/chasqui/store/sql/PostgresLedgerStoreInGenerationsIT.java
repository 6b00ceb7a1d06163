package dev.chasqui.store.sql;

/// The role on PostgreSQL, each slice in a generation of its own.
class PostgresLedgerStoreInGenerationsIT extends LedgerStoreContract {

  PostgresLedgerStoreInGenerationsIT() {
    super(PostgresFixture::new, new Generations(1, 1));
  }
}
