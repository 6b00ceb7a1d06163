package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresFallbackStoreIT extends FallbackStoreContract {

  PostgresFallbackStoreIT() {
    super(PostgresFixture::new);
  }
}
