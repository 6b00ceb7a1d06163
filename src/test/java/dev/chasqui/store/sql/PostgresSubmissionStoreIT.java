package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresSubmissionStoreIT extends SubmissionStoreContract {

  PostgresSubmissionStoreIT() {
    super(PostgresFixture::new);
  }
}
