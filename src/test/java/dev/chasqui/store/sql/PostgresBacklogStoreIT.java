package dev.chasqui.store.sql;

/// Replays on PostgreSQL.
class PostgresBacklogStoreIT extends BacklogStoreContract {

  PostgresBacklogStoreIT() {
    super(PostgresFixture::new);
  }
}
