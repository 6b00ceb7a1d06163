package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresSeriesStoreIT extends SeriesStoreContract {

  PostgresSeriesStoreIT() {
    super(PostgresFixture::new);
  }
}
