package dev.chasqui.store.sql;

/// Generations on PostgreSQL.
class PostgresGenerationsIT extends GenerationsContract {

  PostgresGenerationsIT() {
    super(PostgresFixture::new);
  }
}
