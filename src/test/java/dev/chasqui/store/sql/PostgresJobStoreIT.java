package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresJobStoreIT extends JobStoreContract {

  PostgresJobStoreIT() {
    super(PostgresFixture::new);
  }
}
