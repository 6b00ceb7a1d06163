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
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What operators read of deliveries.
final class SqlDeliveryViews implements DeliveryViews {

  private final Database database;
  private final BacklogCount backlogs;

  SqlDeliveryViews(Database database, Clock clock) {
    this.database = database;
    this.backlogs = new BacklogCount(database, clock);
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
  public List<DeliveryView> ofEvent(EventId event) {
    Ulid from = Ulid.first(event.ulid().time());
    Ulid to = Ulid.first(event.ulid().time().plusMillis(1));
    return database.view(
        s ->
            s.list(
                """
                SELECT * FROM deliveries WHERE id >= ? AND id < ? AND event_id = ? ORDER BY id
                """,
                SqlDeliveryViews::view,
                from.toBytes(),
                to.toBytes(),
                event.toBytes()));
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

  /// What waits is counted beside if it is much; of what nodes hold there is little, and it is
  /// counted for all endpoints at once.
  @Override
  public Map<EndpointId, Backlog> backlogs(Collection<EndpointId> endpoints) {
    return database.view(
        s -> {
          Map<EndpointId, Backlog> held = held(s);
          Map<EndpointId, Backlog> found = new HashMap<>();
          for (EndpointId endpoint : endpoints) {
            Backlog onNodes = held.getOrDefault(endpoint, Backlog.NONE);
            found.put(endpoint, sum(backlogs.of(s, endpoint), onNodes));
          }
          return found;
        });
  }

  private static Map<EndpointId, Backlog> held(Session session) throws SQLException {
    Map<EndpointId, Backlog> held = new HashMap<>();
    session.list(
        """
        SELECT endpoint_id, count(*) AS owed, min(next_at) AS oldest FROM deliveries
        WHERE state <= 2 AND lease_node > '' GROUP BY endpoint_id
        """,
        row -> held.put(EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")), backlog(row)));
    return held;
  }

  private static Backlog backlog(ResultSet row) throws SQLException {
    return new Backlog(row.getLong("owed"), Columns.timeOrNull(row, "oldest"));
  }

  private static Backlog sum(Backlog a, Backlog b) {
    return new Backlog(a.count() + b.count(), earlier(a.oldestDue(), b.oldestDue()));
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
          held(s)
              .forEach(
                  (endpoint, backlog) -> {
                    Instant due = backlog.oldestDue();
                    if (due != null) {
                      oldest.merge(endpoint, due, (a, b) -> a.isBefore(b) ? a : b);
                    }
                  });
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
