package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresAlertStoreIT extends AlertStoreContract {

  PostgresAlertStoreIT() {
    super(PostgresFixture::new);
  }
}
