package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteSubmissionStoreIT extends SubmissionStoreContract {

  SqliteSubmissionStoreIT() {
    super(SqliteFixture::new);
  }
}
