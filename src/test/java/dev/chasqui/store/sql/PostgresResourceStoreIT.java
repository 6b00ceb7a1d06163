package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresResourceStoreIT extends ResourceStoreContract {

  PostgresResourceStoreIT() {
    super(PostgresFixture::new);
  }
}
