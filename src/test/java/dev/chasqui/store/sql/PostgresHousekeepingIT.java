package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresHousekeepingIT extends HousekeepingContract {

  PostgresHousekeepingIT() {
    super(PostgresFixture::new);
  }
}
