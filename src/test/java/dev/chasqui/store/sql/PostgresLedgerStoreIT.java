package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresLedgerStoreIT extends LedgerStoreContract {

  PostgresLedgerStoreIT() {
    super(PostgresFixture::new);
  }
}
