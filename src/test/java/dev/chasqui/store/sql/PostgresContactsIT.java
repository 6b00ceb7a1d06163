package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresContactsIT extends ContactsContract {

  PostgresContactsIT() {
    super(PostgresFixture::new);
  }
}
