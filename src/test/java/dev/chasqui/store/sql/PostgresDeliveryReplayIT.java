package dev.chasqui.store.sql;

/// Replays on PostgreSQL.
class PostgresDeliveryReplayIT extends DeliveryReplayContract {

  PostgresDeliveryReplayIT() {
    super(PostgresFixture::new);
  }
}
