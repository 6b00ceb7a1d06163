package dev.chasqui.store.sql;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.BacklogStore.Mark;
import dev.chasqui.store.BacklogStore.Marked;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// The marks of endpoints, which outlive a restart.
final class EndpointMarks {

  private EndpointMarks() {}

  static void set(Session session, EndpointId endpoint, Mark mark, Instant since)
      throws SQLException {
    session.update(
        """
        INSERT INTO endpoint_marks (endpoint_id, mark, since) VALUES (?, ?, ?)
        ON CONFLICT (endpoint_id, mark) DO NOTHING
        """,
        endpoint.toBytes(),
        word(mark),
        since.toEpochMilli());
  }

  static void remove(Session session, EndpointId endpoint, Mark mark) throws SQLException {
    session.update(
        "DELETE FROM endpoint_marks WHERE endpoint_id = ? AND mark = ?",
        endpoint.toBytes(),
        word(mark));
  }

  static List<Marked> all(Session session) throws SQLException {
    return session.list(
        "SELECT endpoint_id, mark, since FROM endpoint_marks",
        row ->
            new Marked(
                EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
                Mark.valueOf(Columns.text(row, "mark").toUpperCase(Locale.ROOT)),
                Columns.time(row, "since")));
  }

  private static String word(Mark mark) {
    return mark.name().toLowerCase(Locale.ROOT);
  }
}
