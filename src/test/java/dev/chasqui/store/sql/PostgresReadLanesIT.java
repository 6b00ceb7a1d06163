package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;

/// The lanes on PostgreSQL.
class PostgresReadLanesIT extends ReadLanesContract {

  PostgresReadLanesIT() {
    super(PostgresFixture::new);
  }

  @Override
  Database open(StoreSettings settings) {
    return PostgresDatabase.open(settings, Supervisor.ofProcess());
  }
}
