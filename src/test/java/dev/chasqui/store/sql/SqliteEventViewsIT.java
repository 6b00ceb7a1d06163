package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteEventViewsIT extends EventViewsContract {

  SqliteEventViewsIT() {
    super(SqliteFixture::new);
  }
}
