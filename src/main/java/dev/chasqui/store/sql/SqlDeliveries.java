package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.ReplayId;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The delivery queue. Waiting rows stand in an index by endpoint and due time, leased rows in one
/// by node; what has ended is in neither.
final class SqlDeliveries implements DeliveryStore {

  /// Steps from endpoint to endpoint, and in each from priority to priority, through the index of
  /// what waits, so that its cost depends on the number of endpoints and not on what waits for
  /// them. What has no due time waits behind another of its contact.
  static final String WAITING =
      """
      WITH RECURSIVE p (priority) AS (VALUES (0), (1), (2), (3)), w (endpoint_id) AS (
        SELECT * FROM (
          SELECT endpoint_id FROM deliveries WHERE state <= 1 ORDER BY endpoint_id LIMIT 1) f
        UNION ALL
        SELECT (SELECT d.endpoint_id FROM deliveries d
          WHERE d.state <= 1 AND d.endpoint_id > w.endpoint_id ORDER BY d.endpoint_id LIMIT 1)
        FROM w WHERE w.endpoint_id IS NOT NULL)
      SELECT endpoint_id, next_at, last_at FROM (
        SELECT w.endpoint_id, (SELECT min(e.next_at) FROM (
          SELECT (SELECT d.next_at FROM deliveries d
            WHERE d.state <= 1 AND d.endpoint_id = w.endpoint_id AND d.priority = p.priority
              AND d.next_at IS NOT NULL ORDER BY d.next_at LIMIT 1) AS next_at FROM p) e) AS next_at,
          (SELECT max(e.last_at) FROM (
          SELECT (SELECT d.next_at FROM deliveries d
            WHERE d.state <= 1 AND d.endpoint_id = w.endpoint_id AND d.priority = p.priority
              AND d.next_at IS NOT NULL ORDER BY d.next_at DESC LIMIT 1) AS last_at
            FROM p) e) AS last_at
        FROM w WHERE w.endpoint_id IS NOT NULL) due
      WHERE next_at IS NOT NULL
      """;

  private static final String OLDEST_OWED =
      """
      SELECT min(position) FROM (
        SELECT * FROM (SELECT position FROM deliveries
          WHERE state <= 2 AND lease_node IS NULL AND stored = 0
          ORDER BY position LIMIT 1) waiting
        UNION ALL
        SELECT * FROM (SELECT min(position) AS position FROM deliveries
          WHERE state <= 2 AND lease_node > '' AND stored = 0) leased
        UNION ALL
        SELECT min(position) AS position FROM dead_unkept) owed
      """;

  private final Database database;
  private final ClaimPortion claimPortion;

  SqlDeliveries(Database database) {
    this.database = database;
    this.claimPortion = new ClaimPortion(database.dialect());
  }

  @Override
  public List<Claimed> claim(EndpointId endpoint, Lease lease, Instant now, int limit) {
    return database.write(s -> claimPortion.claim(s, endpoint, lease, now, limit));
  }

  @Override
  public List<Claimed> probe(EndpointId endpoint, Lease lease, Instant now) {
    return database.write(s -> claimPortion.probe(s, endpoint, lease, now));
  }

  @Override
  public int makeDue(EndpointId endpoint, Instant failedBefore, Instant now, int limit) {
    return database.write(s -> MakingDue.makeDue(s, endpoint, failedBefore, now, limit));
  }

  @Override
  public int bringForward(EndpointId endpoint, Instant latest, int limit) {
    return database.write(s -> MakingDue.bringForward(s, endpoint, latest, limit));
  }

  @Override
  public List<DeliveryId> retryNow(Collection<DeliveryId> ids, Instant now) {
    return ids.isEmpty()
        ? List.of()
        : database.writeDurably(s -> MakingDue.setDue(s, new TreeSet<>(ids), now));
  }

  @Override
  public void mark(EndpointId endpoint, Mark mark, Instant since) {
    database.writeDurably(
        s -> {
          EndpointMarks.set(s, endpoint, mark, since);
          return 1;
        });
  }

  @Override
  public void unmark(EndpointId endpoint, Mark mark) {
    database.write(
        s -> {
          EndpointMarks.remove(s, endpoint, mark);
          return 1;
        });
  }

  @Override
  public List<Marked> marks() {
    return database.read(EndpointMarks::all);
  }

  @Override
  public List<Open> unkept(int limit) {
    return database.read(
        s ->
            s.list(
                """
                SELECT delivery_id, event_id, position FROM dead_unkept ORDER BY position LIMIT ?
                """,
                row ->
                    new Open(
                        DeliveryId.fromBytes(Columns.bytes(row, "delivery_id")),
                        Columns.source(row)),
                limit));
  }

  @Override
  public void keep(Map<DeliveryId, DeadPayload> payloads) {
    database.writeDurably(
        s -> {
          DeadPayloads.keep(s, payloads);
          return payloads.size();
        });
  }

  @Override
  public List<Open> inJournal(long before, int limit) {
    return database.read(
        s ->
            s.list(
                """
                SELECT id, event_id, position FROM deliveries
                WHERE state <= 2 AND lease_node IS NULL AND stored = 0 AND position < ?
                ORDER BY position LIMIT ?
                """,
                row ->
                    new Open(DeliveryId.fromBytes(Columns.bytes(row, "id")), Columns.source(row)),
                before,
                limit));
  }

  @Override
  public void hold(Collection<Open> deliveries, Map<Source, DeadPayload> events) {
    database.writeDurably(
        s -> {
          EventPayloads.hold(s, deliveries, events);
          return deliveries.size();
        });
  }

  @Override
  public List<Open> dueSince(EndpointId endpoint, Instant time, int limit) {
    return database.read(
        s -> {
          List<Open> found = new ArrayList<>();
          for (Priority priority : Priority.values()) {
            found.addAll(
                s.list(
                    """
                    SELECT id, event_id, position FROM deliveries
                    WHERE endpoint_id = ? AND priority = ? AND state <= 1 AND next_at <= ?
                      AND replay = 0
                    ORDER BY next_at LIMIT ?
                    """,
                    SqlDeliveries::open,
                    endpoint.toBytes(),
                    priority.code(),
                    time.toEpochMilli(),
                    limit - found.size()));
          }
          return found;
        });
  }

  private static Open open(ResultSet row) throws SQLException {
    return new Open(DeliveryId.fromBytes(Columns.bytes(row, "id")), Columns.source(row));
  }

  @Override
  public void move(Collection<DeliveryId> ids, EndpointId to, Instant now) {
    database.write(s -> MovingRows.move(s, ids, to, now));
  }

  @Override
  public Map<EndpointId, Held> held() {
    return database.read(HeldBacklogs::all);
  }

  @Override
  public Set<DeliveryId> settle(Collection<Settlement> settlements, Instant now) {
    return settlements.isEmpty()
        ? Set.of()
        : database.write(s -> Settling.settle(s, settlements, now));
  }

  @Override
  public int releaseNode(String node, Instant now) {
    return database.write(
        s ->
            s.update(
                """
                UPDATE deliveries SET state = CASE WHEN tries = 0 THEN 0 ELSE 1 END, next_at = ?,
                  lease_node = NULL, lease_fence = NULL, lease_until = NULL
                WHERE state <= 2 AND lease_node = ?
                """,
                now.toEpochMilli(),
                node));
  }

  @Override
  public int releaseExpired(Instant now) {
    return database.write(
        s ->
            s.update(
                """
                UPDATE deliveries SET state = CASE WHEN tries = 0 THEN 0 ELSE 1 END, next_at = ?,
                  lease_node = NULL, lease_fence = NULL, lease_until = NULL
                WHERE state <= 2 AND lease_node > '' AND lease_until <= ?
                """,
                now.toEpochMilli(),
                now.toEpochMilli()));
  }

  @Override
  public List<Waiting> waiting() {
    return database.read(
        s ->
            s.list(
                WAITING,
                row ->
                    new Waiting(
                        EndpointId.fromBytes(row.getBytes("endpoint_id")),
                        Columns.time(row, "next_at"),
                        Columns.time(row, "last_at"))));
  }

  @Override
  public OptionalLong oldestOwedPosition() {
    long position = database.read(s -> s.number(OLDEST_OWED, -1));
    return position < 0 ? OptionalLong.empty() : OptionalLong.of(position);
  }

  @Override
  public int requeue(Collection<DeliveryId> ids, Instant now, @Nullable ReplayId by) {
    return ids.isEmpty() ? 0 : database.writeDurably(s -> Requeuing.requeue(s, ids, now, by));
  }

  @Override
  public int owe(Collection<ProjectionStore.Owed> owed, Instant now, @Nullable ReplayId by) {
    if (owed.isEmpty()) {
      return 0;
    }
    List<DeliveryId> ids = owed.stream().map(ProjectionStore.Owed::id).toList();
    return database.writeDurably(
        s -> {
          int added = OwedRows.insertReplayed(s, owed, by);
          // What was just added has not ended, so it is not among those that are made due again.
          return added + Requeuing.requeue(s, ids, now, by);
        });
  }

  @Override
  public List<Open> open(EndpointId endpoint, int limit) {
    return database.read(
        s ->
            s.list(
                """
                SELECT id, event_id, position FROM deliveries
                WHERE state <= 1 AND endpoint_id = ? LIMIT ?
                """,
                row ->
                    new Open(
                        DeliveryId.fromBytes(Columns.bytes(row, "id")),
                        new Source(
                            EventId.fromBytes(Columns.bytes(row, "event_id")),
                            row.getLong("position"))),
                endpoint.toBytes(),
                limit));
  }

  @Override
  public int deadLetter(Map<DeliveryId, DeadPayload> payloads, String reason) {
    return payloads.isEmpty()
        ? 0
        : database.writeDurably(s -> DeadLettering.deadLetter(s, payloads, reason));
  }

  @Override
  public @Nullable DeadPayload deadPayload(DeliveryId id) {
    return database
        .read(
            s -> {
              Optional<DeadPayload> own = DeadPayloads.of(s, id);
              return own.isPresent() ? own : EventPayloads.of(s, id);
            })
        .orElse(null);
  }
}
