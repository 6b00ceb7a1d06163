package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresEventViewsIT extends EventViewsContract {

  PostgresEventViewsIT() {
    super(PostgresFixture::new);
  }
}
