package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteDeliveryStoreIT extends DeliveryStoreContract {

  SqliteDeliveryStoreIT() {
    super(SqliteFixture::new);
  }
}
