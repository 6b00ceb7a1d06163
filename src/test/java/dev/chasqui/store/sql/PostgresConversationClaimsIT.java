package dev.chasqui.store.sql;

/// The role on PostgreSQL.
class PostgresConversationClaimsIT extends ConversationClaimsContract {

  PostgresConversationClaimsIT() {
    super(PostgresFixture::new);
  }
}
