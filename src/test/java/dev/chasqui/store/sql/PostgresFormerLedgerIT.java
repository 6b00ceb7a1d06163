package dev.chasqui.store.sql;

/// Rows of format 9 on PostgreSQL.
class PostgresFormerLedgerIT extends FormerLedgerContract {

  PostgresFormerLedgerIT() {
    super(PostgresFixture::new, "postgresql");
  }
}
