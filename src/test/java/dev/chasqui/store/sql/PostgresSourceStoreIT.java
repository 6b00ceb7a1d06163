package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresSourceStoreIT extends SourceStoreContract {

  PostgresSourceStoreIT() {
    super(PostgresFixture::new);
  }
}
