package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteDeliveryViewsIT extends DeliveryViewsContract {

  SqliteDeliveryViewsIT() {
    super(SqliteFixture::new);
  }
}
