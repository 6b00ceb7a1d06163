package dev.chasqui.store.sql;

/// The role on SQLite.
class SqliteConversationClaimsIT extends ConversationClaimsContract {

  SqliteConversationClaimsIT() {
    super(SqliteFixture::new);
  }
}
