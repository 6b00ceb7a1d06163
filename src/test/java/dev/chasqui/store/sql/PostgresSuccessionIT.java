package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresSuccessionIT extends SuccessionContract {

  PostgresSuccessionIT() {
    super(PostgresFixture::new);
  }
}
