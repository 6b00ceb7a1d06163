package dev.chasqui.store.sql;

/// Generations on SQLite.
class SqliteGenerationsIT extends GenerationsContract {

  SqliteGenerationsIT() {
    super(SqliteFixture::new);
  }
}
