package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteContactQueuesIT extends ContactQueuesContract {

  SqliteContactQueuesIT() {
    super(SqliteFixture::new);
  }
}
