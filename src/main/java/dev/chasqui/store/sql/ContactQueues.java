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

/// The heads of contact queues. In each queue at most one delivery is due, leased, or waits for its
/// next attempt: the head. The others have no due time. The unique index `deliveries_turn`
/// guarantees this.
///
/// A transaction that adds to a queue, or ends a delivery in it, notes the queue, and at its end
/// makes a head where there is none: the first by position and ordinal. With several writers, one
/// transaction that adds and one that ends could each miss the other's work, and the queue would
/// stop; so each takes a lock before it looks, held until its commit. The second of them sees the
/// work of the first.
final class ContactQueues {

  /// Queues share so many locks, so that a transaction never holds many.
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

  /// The queues, in an order that is the same for all, with the time their next is due.
  private final SortedMap<ContactQueue, Instant> queues = new TreeMap<>();

  private record ContactQueue(EndpointId endpoint, long key) implements Comparable<ContactQueue> {
    @Override
    public int compareTo(ContactQueue other) {
      int byEndpoint = endpoint.compareTo(other.endpoint);
      return byEndpoint != 0 ? byEndpoint : Long.compare(key, other.key);
    }

    int lock() {
      return Math.floorMod(key, LOCKS);
    }
  }

  /// Notes a queue that may have no head.
  ///
  /// @param dueAt when the next is due then
  void free(EndpointId endpoint, long key, Instant dueAt) {
    queues.merge(new ContactQueue(endpoint, key), dueAt, (a, b) -> a.isAfter(b) ? a : b);
  }

  /// Notes the contact queue of a row of `endpoint_id` and `line_key`, if it stands in one.
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

  /// Makes the first of each noted queue its head, where there is none.
  void pass(Session session) throws SQLException {
    if (queues.isEmpty()) {
      return;
    }
    if (!session.dialect().hasOneWriter()) {
      lock(session);
    }
    List<@Nullable Object[]> rows = new ArrayList<>(queues.size());
    queues.forEach(
        (queue, dueAt) ->
            rows.add(
                new @Nullable Object[] {
                  queue.endpoint().toBytes(), queue.key(), dueAt.toEpochMilli()
                }));
    session.bulk(PASS, rows);
  }

  private void lock(Session session) throws SQLException {
    List<Integer> locks =
        queues.keySet().stream().map(ContactQueue::lock).distinct().sorted().toList();
    for (Integer lock : locks) {
      session.list(LOCK, _ -> lock, lock);
    }
  }
}
