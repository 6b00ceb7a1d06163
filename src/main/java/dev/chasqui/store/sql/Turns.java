package dev.chasqui.store.sql;

import dev.chasqui.model.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The turns of lines: of the deliveries that stand in one line, one at most is due, leased, or
/// waits for its next attempt; it has the turn, and the others have no due time. The unique index
/// `deliveries_turn` holds this.
///
/// A transaction that adds to a line or ends something in it notes the line, and at its end passes
/// the turn on where nobody has it: to the first by position and ordinal. With several writers each
/// of two transactions could miss what the other just did, one adding, one ending, and the line
/// would stand still; so before looking each takes a lock that is held until its commit. Whoever
/// comes second sees the first one's work.
final class Turns {

  /// Lines share so many locks, so that a transaction never holds many.
  private static final int LOCKS = 64;

  private static final String LOCK = "SELECT pg_advisory_xact_lock(" + 0x7475726e + ", ?)";

  private static final Bulk PASS =
      Bulk.of(
          """
          WITH v (endpoint_id, line_key, due_at) AS ({rows})
          UPDATE deliveries SET next_at = v.due_at
          FROM v WHERE deliveries.id = (
            SELECT n.id FROM deliveries n
            WHERE n.endpoint_id = v.endpoint_id AND n.line_key = v.line_key
              AND n.line_key IS NOT NULL AND n.state <= 2
            ORDER BY n.position, n.line_no, n.id LIMIT 1)
          AND NOT EXISTS (
            SELECT 1 FROM deliveries t
            WHERE t.endpoint_id = v.endpoint_id AND t.line_key = v.line_key
              AND t.line_key IS NOT NULL AND t.state <= 2 AND t.next_at IS NOT NULL)
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER);

  /// The lines, in an order that is the same for all, with the time their next is due.
  private final SortedMap<Line, Instant> lines = new TreeMap<>();

  private record Line(EndpointId endpoint, long key) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int byEndpoint = endpoint.compareTo(other.endpoint);
      return byEndpoint != 0 ? byEndpoint : Long.compare(key, other.key);
    }

    int lock() {
      return Math.floorMod(key, LOCKS);
    }
  }

  /// Notes a line in which the turn may be free.
  ///
  /// @param dueAt when the next is due then
  void free(EndpointId endpoint, long key, Instant dueAt) {
    lines.merge(new Line(endpoint, key), dueAt, (a, b) -> a.isAfter(b) ? a : b);
  }

  /// Notes the line of a row of `endpoint_id` and `line_key`, if it stands in one.
  ///
  /// @return whether it does
  boolean note(ResultSet row, Instant dueAt) throws SQLException {
    long key = row.getLong("line_key");
    if (row.wasNull()) {
      return false;
    }
    free(EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")), key, dueAt);
    return true;
  }

  /// Gives the turn to the first of each noted line in which nobody has it.
  void pass(Session session) throws SQLException {
    if (lines.isEmpty()) {
      return;
    }
    if (!session.dialect().hasOneWriter()) {
      lock(session);
    }
    List<@Nullable Object[]> rows = new ArrayList<>(lines.size());
    lines.forEach(
        (line, dueAt) ->
            rows.add(
                new @Nullable Object[] {
                  line.endpoint().toBytes(), line.key(), dueAt.toEpochMilli()
                }));
    session.bulk(PASS, rows);
  }

  private void lock(Session session) throws SQLException {
    List<Integer> locks = lines.keySet().stream().map(Line::lock).distinct().sorted().toList();
    for (Integer lock : locks) {
      session.list(LOCK, _ -> lock, lock);
    }
  }
}
