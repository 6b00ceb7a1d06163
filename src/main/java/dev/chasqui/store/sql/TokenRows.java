package dev.chasqui.store.sql;

import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.Token;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads and writes tokens; only their hashes are stored.
final class TokenRows {

  private static final String PUT =
      """
      INSERT INTO tokens (id, workspace, kind, phone_number_id, hash, created_at, name,
        expires_at, last_used_at, origin)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET workspace = excluded.workspace, kind = excluded.kind,
        phone_number_id = excluded.phone_number_id, hash = excluded.hash, name = excluded.name,
        expires_at = excluded.expires_at, origin = excluded.origin
      """;

  private final UnusableRows rows;

  TokenRows(UnusableRows rows) {
    this.rows = rows;
  }

  List<Token> all(Session session) throws SQLException {
    return rows.list(
        session,
        "SELECT * FROM tokens ORDER BY id",
        row -> "token " + TokenId.fromBytes(row.getBytes("id")),
        TokenRows::token);
  }

  void put(Session session, Token token) throws SQLException {
    session.update(
        PUT,
        token.id().toBytes(),
        token.workspace().value(),
        token.kind(),
        token.phoneNumberId(),
        token.hash(),
        token.createdAt().toEpochMilli(),
        token.life().name(),
        Columns.ofTime(token.life().expiresAt()),
        Columns.ofTime(token.life().lastUsedAt()),
        token.life().origin().name().toLowerCase(Locale.ROOT));
  }

  /// @return whether there was one
  boolean delete(Session session, TokenId id) throws SQLException {
    return session.update("DELETE FROM tokens WHERE id = ?", id.toBytes()) > 0;
  }

  void used(Session session, Map<TokenId, Instant> lastUse) throws SQLException {
    for (Map.Entry<TokenId, Instant> use : lastUse.entrySet()) {
      session.update(
          "UPDATE tokens SET last_used_at = ? WHERE id = ?",
          use.getValue().toEpochMilli(),
          use.getKey().toBytes());
    }
  }

  private static Token token(ResultSet row) throws SQLException {
    return new Token(
        TokenId.fromBytes(row.getBytes("id")),
        new WorkspaceId(row.getString("workspace")),
        row.getString("kind"),
        row.getString("phone_number_id"),
        row.getString("hash"),
        Columns.time(row, "created_at"),
        new Token.Life(
            row.getString("name"),
            Columns.timeOrNull(row, "expires_at"),
            Columns.timeOrNull(row, "last_used_at"),
            Token.Origin.valueOf(row.getString("origin").toUpperCase(Locale.ROOT))));
  }
}
