package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresDeliveryViewsIT extends DeliveryViewsContract {

  PostgresDeliveryViewsIT() {
    super(PostgresFixture::new);
  }
}
