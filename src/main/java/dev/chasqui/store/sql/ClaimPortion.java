package dev.chasqui.store.sql;

import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.QueuePlace;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Leases a portion of what is due: one statement for each priority, and a second one where the
/// first left something and others did not need their share. Each priority but the first has a
/// tenth of the portion, so that none starves, however much of a higher one there is.
final class ClaimPortion {

  private static final int SHARE = 10;

  /// What is due first, first; of equals the oldest.
  private static final Comparator<Due> IN_ORDER =
      Comparator.<Due, Priority>comparing(it -> it.claimed().place().priority())
          .thenComparingLong(Due::at)
          .thenComparing(it -> it.claimed().id());

  private final String claim;

  ClaimPortion(SqlDialect dialect) {
    this.claim =
        """
        WITH due AS MATERIALIZED (
          SELECT id FROM deliveries
          WHERE endpoint_id = ? AND priority = ? AND state <= 1 AND next_at <= ?
          ORDER BY next_at, id LIMIT ? %s)
        UPDATE deliveries SET state = 2, lease_node = ?, lease_fence = ?, lease_until = ?,
          line_since = CASE WHEN line_key IS NULL THEN NULL ELSE coalesce(line_since, ?) END
        WHERE id IN (SELECT id FROM due)
        RETURNING id, event_id, position, endpoint_id, selection, tries, probes, replay, next_at,
          priority, line_key, line_no, line_since, failed_at
        """
            .formatted(dialect.skipLocked());
  }

  /// A claimed delivery with the time it was due.
  private record Due(long at, Claimed claimed) {}

  /// The deliveries to claim.
  ///
  /// @param dueUpTo what is due later is left, in milliseconds
  private record Wish(EndpointId endpoint, Lease lease, Instant now, long dueUpTo) {}

  List<Claimed> claim(Session session, EndpointId endpoint, Lease lease, Instant now, int limit)
      throws SQLException {
    Wish wish = new Wish(endpoint, lease, now, now.toEpochMilli());
    List<Due> taken = new ArrayList<>(limit);
    Map<Priority, Boolean> hasMore = new EnumMap<>(Priority.class);
    int behind = Priority.values().length;
    for (Priority priority : Priority.values()) {
      behind--;
      int share = limit - taken.size() - behind * (limit / SHARE);
      hasMore.put(priority, take(session, wish, priority, share, taken));
    }
    for (Priority priority : Priority.values()) {
      int left = limit - taken.size();
      if (left > 0 && Boolean.TRUE.equals(hasMore.get(priority))) {
        take(session, wish, priority, left, taken);
      }
    }
    return taken.stream().sorted(IN_ORDER).map(Due::claimed).toList();
  }

  /// The one that is due first of the highest priority, due yet or not.
  List<Claimed> probe(Session session, EndpointId endpoint, Lease lease, Instant now)
      throws SQLException {
    Wish wish = new Wish(endpoint, lease, now, Long.MAX_VALUE);
    List<Due> taken = new ArrayList<>(1);
    for (Priority priority : Priority.values()) {
      take(session, wish, priority, 1 - taken.size(), taken);
    }
    return taken.stream().map(Due::claimed).toList();
  }

  /// @return whether there may be more
  private boolean take(Session session, Wish wish, Priority priority, int limit, List<Due> taken)
      throws SQLException {
    if (limit <= 0) {
      return true;
    }
    Lease lease = wish.lease();
    List<Due> due =
        session.list(
            claim,
            row -> new Due(row.getLong("next_at"), claimed(row, priority, lease)),
            wish.endpoint().toBytes(),
            priority.code(),
            wish.dueUpTo(),
            limit,
            lease.node(),
            lease.fence(),
            lease.until().toEpochMilli(),
            wish.now().toEpochMilli());
    taken.addAll(due);
    return due.size() == limit;
  }

  private static Claimed claimed(ResultSet row, Priority priority, Lease lease)
      throws SQLException {
    long key = row.getLong("line_key");
    QueuePlace line =
        row.wasNull() ? null : new QueuePlace(new ContactQueueKey(key), row.getInt("line_no"));
    return new Claimed(
        DeliveryId.fromBytes(row.getBytes("id")),
        new Source(EventId.fromBytes(row.getBytes("event_id")), row.getLong("position")),
        EndpointId.fromBytes(row.getBytes("endpoint_id")),
        row.getString("selection"),
        new Past(
            row.getInt("tries"),
            row.getInt("probes"),
            Columns.truth(row, "replay"),
            Columns.timeOrNull(row, "line_since"),
            Columns.timeOrNull(row, "failed_at")),
        new Place(priority, line),
        lease);
  }
}
