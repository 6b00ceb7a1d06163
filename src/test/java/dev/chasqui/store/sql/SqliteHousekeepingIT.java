package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteHousekeepingIT extends HousekeepingContract {

  SqliteHousekeepingIT() {
    super(SqliteFixture::new);
  }
}
