package dev.chasqui.store.sql;

import dev.chasqui.store.ConversationClaims;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The table of claims that are held.
final class SqlConversationClaims implements ConversationClaims {

  private final Database database;

  SqlConversationClaims(Database database) {
    this.database = database;
  }

  @Override
  public void hold(Conversation conversation, Instant until) {
    database.<@Nullable Void>write(
        s -> {
          s.update(
              """
              INSERT INTO conversation_claims (workspace, phone_number_id, claim, held_until)
              VALUES (?, ?, ?, ?)
              ON CONFLICT (workspace, phone_number_id, claim)
                DO UPDATE SET held_until = excluded.held_until
              """,
              conversation.workspace().value(),
              conversation.phoneNumberId(),
              conversation.claim().toString(),
              until.toEpochMilli());
          return null;
        });
  }

  @Override
  public void release(Conversation conversation) {
    database.<@Nullable Void>write(
        s -> {
          s.update(
              """
              DELETE FROM conversation_claims
              WHERE workspace = ? AND phone_number_id = ? AND claim = ?
              """,
              conversation.workspace().value(),
              conversation.phoneNumberId(),
              conversation.claim().toString());
          return null;
        });
  }

  @Override
  public Optional<Instant> heldUntil(Conversation conversation, Instant now) {
    return database.read(
        s ->
            s.first(
                """
                SELECT held_until FROM conversation_claims
                WHERE workspace = ? AND phone_number_id = ? AND claim = ? AND held_until > ?
                """,
                row -> Columns.time(row, "held_until"),
                conversation.workspace().value(),
                conversation.phoneNumberId(),
                conversation.claim().toString(),
                now.toEpochMilli()));
  }

  /// @return whether there may be more to delete
  static boolean deleteLapsed(Session session, Instant now) throws SQLException {
    int gone =
        session.update(
            """
            DELETE FROM conversation_claims WHERE (workspace, phone_number_id, claim) IN (
              SELECT workspace, phone_number_id, claim FROM conversation_claims
              WHERE held_until <= ? ORDER BY held_until LIMIT ?)
            """,
            now.toEpochMilli(),
            SqlHousekeeping.WINDOW);
    return gone == SqlHousekeeping.WINDOW;
  }
}
