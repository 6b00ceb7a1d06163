package dev.chasqui.store.sql;

/// Rows of format 9 on SQLite.
class SqliteFormerLedgerIT extends FormerLedgerContract {

  SqliteFormerLedgerIT() {
    super(SqliteFixture::new, "sqlite");
  }
}
