package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteContactsIT extends ContactsContract {

  SqliteContactsIT() {
    super(SqliteFixture::new);
  }
}
