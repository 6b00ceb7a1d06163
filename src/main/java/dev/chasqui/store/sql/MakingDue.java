package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes when deliveries that wait are due, a bounded number at a time. Rows are found by the
/// index of what waits, and leave the range that is looked through as they are changed, so that
/// each call begins where the last one ended.
final class MakingDue {

  private static final String LATER =
      """
      SELECT id FROM deliveries
      WHERE endpoint_id = ? AND priority = ? AND state <= 1 AND next_at > ?
        AND (failed_at IS NULL OR failed_at < ?)
      ORDER BY next_at LIMIT ?
      """;

  private static final Bulk SET_DUE =
      Bulk.of(
          """
          WITH v (id, due_at) AS ({rows})
          UPDATE deliveries SET next_at = v.due_at
          FROM v WHERE deliveries.id = v.id AND deliveries.state <= 1
            AND deliveries.next_at IS NOT NULL
          RETURNING deliveries.id
          """,
          SqlType.BYTES,
          SqlType.NUMBER);

  private MakingDue() {}

  /// Makes due what waits for a later time, as of the time of its event.
  static int makeDue(
      Session session, EndpointId endpoint, Instant failedBefore, Instant now, int limit)
      throws SQLException {
    List<DeliveryId> later = later(session, endpoint, now, failedBefore.toEpochMilli(), limit);
    return setDue(session, later, now).size();
  }

  /// Brings forward what is due later than a time to that time.
  static int bringForward(Session session, EndpointId endpoint, Instant latest, int limit)
      throws SQLException {
    List<DeliveryId> later = later(session, endpoint, latest, Long.MAX_VALUE, limit);
    List<@Nullable Object[]> rows = new ArrayList<>(later.size());
    later.forEach(id -> rows.add(new @Nullable Object[] {id.toBytes(), latest.toEpochMilli()}));
    return session.bulk(SET_DUE, rows, row -> row.getBytes(1)).size();
  }

  /// Makes deliveries due as of the times of their events.
  ///
  /// @return those that wait
  static List<DeliveryId> setDue(Session session, Collection<DeliveryId> ids, Instant now)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(ids.size());
    for (DeliveryId id : ids) {
      long due = Math.min(id.ulid().time().toEpochMilli(), now.toEpochMilli());
      rows.add(new @Nullable Object[] {id.toBytes(), due});
    }
    return session.bulk(SET_DUE, rows, row -> DeliveryId.fromBytes(row.getBytes(1)));
  }

  private static List<DeliveryId> later(
      Session session, EndpointId endpoint, Instant than, long failedBefore, int limit)
      throws SQLException {
    List<DeliveryId> found = new ArrayList<>();
    for (Priority priority : Priority.values()) {
      int left = limit - found.size();
      if (left > 0) {
        found.addAll(
            session.list(
                LATER,
                row -> DeliveryId.fromBytes(row.getBytes(1)),
                endpoint.toBytes(),
                priority.code(),
                than.toEpochMilli(),
                failedBefore,
                left));
      }
    }
    return found;
  }
}
