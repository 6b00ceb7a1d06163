package dev.chasqui.store.sql;

import dev.chasqui.model.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts dead letters by endpoint and cause, in the transaction in which they come or go. Code
/// that makes a delivery dead, makes a dead one due again, or deletes one, adds its changes here
/// and writes them last, always in the same order, so that two transactions never wait for each
/// other.
final class DeadCounts {

  private static final Bulk ADD =
      Bulk.of(
          """
          WITH v (endpoint_id, reason, dead) AS ({rows})
          INSERT INTO dead_counts (endpoint_id, reason, dead, ever)
          SELECT endpoint_id, reason, dead, dead FROM v WHERE true
          ON CONFLICT (endpoint_id, reason) DO UPDATE SET
            dead = dead_counts.dead + excluded.dead, ever = dead_counts.ever + excluded.dead
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.NUMBER);

  private static final Bulk TAKE =
      Bulk.of(
          """
          WITH v (endpoint_id, reason, dead) AS ({rows})
          UPDATE dead_counts SET dead = dead_counts.dead - v.dead FROM v
          WHERE dead_counts.endpoint_id = v.endpoint_id AND dead_counts.reason = v.reason
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.NUMBER);

  private final Map<Cause, Long> counted =
      new TreeMap<>(Comparator.comparing(Cause::endpoint).thenComparing(Cause::reason));

  /// Why deliveries to an endpoint are dead.
  record Cause(EndpointId endpoint, String reason) {

    /// Of a row with these two columns.
    static Cause read(ResultSet row) throws SQLException {
      return new Cause(
          EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
          Columns.text(row, "dead_reason"));
    }
  }

  void count(Cause cause) {
    count(cause, 1);
  }

  void count(Cause cause, long dead) {
    counted.merge(cause, dead, Long::sum);
  }

  /// Writes that so many have died.
  void died(Session session) throws SQLException {
    session.bulk(ADD, rows());
  }

  /// Writes that so many are dead no more, or gone.
  void left(Session session) throws SQLException {
    session.bulk(TAKE, rows());
  }

  private List<@Nullable Object[]> rows() {
    List<@Nullable Object[]> rows = new ArrayList<>(counted.size());
    counted.forEach(
        (cause, dead) -> {
          if (dead > 0) {
            rows.add(new @Nullable Object[] {cause.endpoint().toBytes(), cause.reason(), dead});
          }
        });
    return rows;
  }
}
