package dev.chasqui.store.sql;

/// Replays on SQLite.
class SqliteDeliveryReplayIT extends DeliveryReplayContract {

  SqliteDeliveryReplayIT() {
    super(SqliteFixture::new);
  }
}
