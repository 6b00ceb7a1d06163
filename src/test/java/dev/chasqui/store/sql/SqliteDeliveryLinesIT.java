package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteDeliveryLinesIT extends DeliveryLinesContract {

  SqliteDeliveryLinesIT() {
    super(SqliteFixture::new);
  }
}
