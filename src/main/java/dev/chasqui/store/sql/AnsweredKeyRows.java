package dev.chasqui.store.sql;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.AnsweredKey;
import dev.chasqui.store.SecretSealer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What was answered to calls with an `Idempotency-Key`. Each new one takes out those that are
/// older than a day.
final class AnsweredKeyRows {

  private static final Duration AGE = Duration.ofDays(1);

  private final SecretSealer sealer;

  AnsweredKeyRows(SecretSealer sealer) {
    this.sealer = sealer;
  }

  Optional<AnsweredKey> find(Session session, WorkspaceId workspace, String key, Instant since)
      throws SQLException {
    return session.first(
        """
        SELECT * FROM answered_keys
        WHERE workspace = ? AND idempotency_key = ? AND created_at > ?
        """,
        row ->
            new AnsweredKey(
                workspace,
                key,
                row.getString("body_hash"),
                sealer.open(row.getBytes("answer"), context(workspace, key)),
                Columns.time(row, "created_at")),
        workspace.value(),
        key,
        since.toEpochMilli());
  }

  void put(Session session, AnsweredKey answered) throws SQLException {
    session.update(
        "DELETE FROM answered_keys WHERE created_at <= ?", answered.at().minus(AGE).toEpochMilli());
    session.update(
        """
        INSERT INTO answered_keys (workspace, idempotency_key, body_hash, answer, created_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        answered.workspace().value(),
        answered.key(),
        answered.bodyHash(),
        sealer.seal(answered.answer(), context(answered.workspace(), answered.key())),
        answered.at().toEpochMilli());
  }

  private static String context(WorkspaceId workspace, String key) {
    return "answer " + workspace + " " + key;
  }
}
