package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresProjectionStoreIT extends ProjectionStoreContract {

  PostgresProjectionStoreIT() {
    super(PostgresFixture::new);
  }
}
