package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads deliveries and dead letters for operators.
final class SqlDeliveryViews implements DeliveryViews {

  /// Of what waits for an endpoint, by one descent of the index for each priority. Of a long
  /// backlog so many are looked at for the oldest.
  private static final int LOOKED_AT = 1_000;

  /// A delivery's id has the time of its event; what an operator asked for again is owed since it
  /// became due.
  private static final String FIRST_WAITING =
      """
      SELECT id FROM (
        SELECT id, replay FROM deliveries WHERE state <= 1 AND endpoint_id = ? LIMIT ?) w
      WHERE replay = 0 ORDER BY id LIMIT 1
      """;

  private static final String OLDEST_WAITING =
      """
      WITH p (priority) AS (VALUES (0), (1), (2), (3))
      SELECT min(e.next_at) FROM (
        SELECT (SELECT d.next_at FROM deliveries d
          WHERE d.state <= 1 AND d.endpoint_id = ? AND d.priority = p.priority
            AND d.next_at IS NOT NULL ORDER BY d.next_at LIMIT 1) AS next_at FROM p) e
      """;

  private final Database database;

  SqlDeliveryViews(Database database) {
    this.database = database;
  }

  @Override
  public Page<DeliveryView> list(WorkspaceId workspace, Filter filter, PageRequest page) {
    byte[] before = Pages.before(page.cursor(), c -> DeliveryId.parse(c).toBytes());
    return database.view(s -> new DeliveryScan(s, workspace, filter).page(before, page.limit()));
  }

  @Override
  public Optional<DeliveryView> find(DeliveryId id) {
    return database.view(
        s ->
            s.first("SELECT * FROM deliveries WHERE id = ?", SqlDeliveryViews::view, id.toBytes()));
  }

  /// The ids of an event's deliveries begin with its time, so they stand together.
  @Override
  public Page<DeliveryView> ofEvent(EventId event, PageRequest page) {
    Ulid from = Ulid.first(event.ulid().time());
    String cursor = page.cursor();
    byte[] after = cursor == null ? new byte[Ulid.BYTES] : DeliveryId.parse(cursor).toBytes();
    List<DeliveryView> found =
        database.view(
            s ->
                s.list(
                    """
                    SELECT * FROM deliveries WHERE id >= ? AND id > ? AND id < ? AND event_id = ?
                    ORDER BY id LIMIT ?
                    """,
                    SqlDeliveryViews::view,
                    from.toBytes(),
                    after,
                    Ulid.first(event.ulid().time().plusMillis(1)).toBytes(),
                    event.toBytes(),
                    page.limit() + 1));
    return Pages.of(found, page.limit(), DeliveryView::weight, v -> v.id().toString());
  }

  @Override
  public Set<EndpointId> endpointsOf(EventId event) {
    return Set.copyOf(
        database.view(
            s ->
                s.list(
                    """
                    SELECT DISTINCT endpoint_id FROM deliveries
                    WHERE id >= ? AND id < ? AND event_id = ?
                    """,
                    row -> EndpointId.fromBytes(row.getBytes(1)),
                    Ulid.first(event.ulid().time()).toBytes(),
                    Ulid.first(event.ulid().time().plusMillis(1)).toBytes(),
                    event.toBytes())));
  }

  @Override
  public List<DeliveryId> replayable(
      WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit) {
    byte[] from = after == null ? new byte[Ulid.BYTES] : after.toBytes();
    return database.view(s -> new DeliveryScan(s, workspace, filter).replayable(from, limit));
  }

  @Override
  public long countReplayable(WorkspaceId workspace, Filter filter) {
    return database.view(s -> new DeliveryScan(s, workspace, filter).countReplayable());
  }

  @Override
  public List<DeliveryId> waiting(
      WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit) {
    byte[] from = after == null ? new byte[Ulid.BYTES] : after.toBytes();
    return database.read(s -> new DeliveryScan(s, workspace, filter).waiting(from, limit));
  }

  @Override
  public long countWaiting(WorkspaceId workspace, Filter filter) {
    return database.read(s -> new DeliveryScan(s, workspace, filter).countWaiting());
  }

  @Override
  public List<DeadGroup> deadGroups(WorkspaceId workspace, int limit) {
    return database.view(
        s ->
            s.list(
                """
                SELECT * FROM (
                  SELECT c.endpoint_id, c.reason, c.dead,
                    (SELECT n.id FROM deliveries n WHERE n.state = 4
                      AND n.endpoint_id = c.endpoint_id AND n.dead_reason = c.reason
                      ORDER BY n.id DESC LIMIT 1) AS newest
                  FROM dead_counts c
                  WHERE c.dead > 0
                    AND c.endpoint_id IN (SELECT id FROM endpoints WHERE workspace = ?)) g
                WHERE g.newest IS NOT NULL
                ORDER BY dead DESC, endpoint_id, reason LIMIT ?
                """,
                row ->
                    new DeadGroup(
                        EndpointId.fromBytes(row.getBytes("endpoint_id")),
                        row.getString("reason"),
                        row.getLong("dead"),
                        DeliveryId.fromBytes(row.getBytes("newest"))),
                workspace.value(),
                limit));
  }

  @Override
  public Map<EndpointId, Backlog> backlogs(Collection<EndpointId> endpoints) {
    return database.view(
        s -> {
          Map<EndpointId, Long> owed = Counters.owed(s);
          Map<EndpointId, Instant> held = oldestHeld(s);
          Map<EndpointId, Backlog> found = new HashMap<>();
          for (EndpointId endpoint : endpoints) {
            long count = owed.getOrDefault(endpoint, 0L);
            found.put(endpoint, count == 0 ? Backlog.NONE : backlog(s, endpoint, count, held));
          }
          return found;
        });
  }

  private static Backlog backlog(
      Session session, EndpointId endpoint, long count, Map<EndpointId, Instant> held)
      throws SQLException {
    Instant due = oldest(session, endpoint, held);
    Instant event =
        session
            .first(
                FIRST_WAITING,
                row -> DeliveryId.fromBytes(row.getBytes(1)),
                endpoint.toBytes(),
                LOOKED_AT)
            .map(it -> it.ulid().time())
            .orElse(null);
    return new Backlog(count, due, earlier(due, event));
  }

  private static @Nullable Instant oldest(
      Session session, EndpointId endpoint, Map<EndpointId, Instant> held) throws SQLException {
    long waiting = session.number(OLDEST_WAITING, -1, endpoint.toBytes());
    return earlier(waiting < 0 ? null : Instant.ofEpochMilli(waiting), held.get(endpoint));
  }

  /// Of what nodes hold there is little.
  private static Map<EndpointId, Instant> oldestHeld(Session session) throws SQLException {
    Map<EndpointId, Instant> held = new HashMap<>();
    session.list(
        """
        SELECT endpoint_id, min(next_at) AS oldest FROM deliveries
        WHERE state <= 2 AND lease_node > '' AND next_at IS NOT NULL GROUP BY endpoint_id
        """,
        row ->
            held.put(
                EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
                Columns.time(row, "oldest")));
    return held;
  }

  private static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isBefore(b) ? a : b;
  }

  @Override
  public Map<EndpointId, Instant> oldestDue() {
    Map<EndpointId, Instant> oldest = new HashMap<>();
    return database.read(
        s -> {
          s.list(
              SqlDeliveries.WAITING,
              row ->
                  oldest.put(
                      EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
                      Columns.time(row, "next_at")));
          oldestHeld(s)
              .forEach(
                  (endpoint, due) -> oldest.merge(endpoint, due, (a, b) -> a.isBefore(b) ? a : b));
          return oldest;
        });
  }

  @Override
  public Map<EndpointId, Deaths> deaths() {
    Map<EndpointId, Deaths> deaths = new HashMap<>();
    return database.read(
        s -> {
          s.list(
              """
              SELECT endpoint_id, sum(ever) AS ever, sum(dead) AS dead FROM dead_counts
              GROUP BY endpoint_id
              """,
              row ->
                  deaths.put(
                      EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
                      new Deaths(row.getLong("ever"), row.getLong("dead"))));
          return deaths;
        });
  }

  static DeliveryView view(ResultSet row) throws SQLException {
    DeliveryState state = DeliveryStates.of(row.getInt("state"));
    Ending ending =
        new Ending(
            state == DeliveryState.LEASED ? null : Columns.timeOrNull(row, "next_at"),
            row.getString("dead_reason"),
            row.getInt("attempts"));
    return new DeliveryView(
        DeliveryId.fromBytes(row.getBytes("id")),
        new ProjectionStore.Source(
            EventId.fromBytes(row.getBytes("event_id")), row.getLong("position")),
        EndpointId.fromBytes(row.getBytes("endpoint_id")),
        state,
        AttemptHistory.read(row),
        ending,
        row.getString("selection"));
  }
}
