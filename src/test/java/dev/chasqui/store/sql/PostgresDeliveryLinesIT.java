package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresDeliveryLinesIT extends DeliveryLinesContract {

  PostgresDeliveryLinesIT() {
    super(PostgresFixture::new);
  }
}
