package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresContactQueuesIT extends ContactQueuesContract {

  PostgresContactQueuesIT() {
    super(PostgresFixture::new);
  }
}
