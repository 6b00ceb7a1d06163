package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteSeriesStoreIT extends SeriesStoreContract {

  SqliteSeriesStoreIT() {
    super(SqliteFixture::new);
  }
}
