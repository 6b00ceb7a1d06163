package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresDeliveryStoreIT extends DeliveryStoreContract {

  PostgresDeliveryStoreIT() {
    super(PostgresFixture::new);
  }
}
