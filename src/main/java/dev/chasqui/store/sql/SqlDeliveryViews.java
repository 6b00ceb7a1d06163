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
import java.util.List;
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
    return database.read(s -> new DeliveryScan(s, workspace, filter).page(before, page.limit()));
  }

  @Override
  public Optional<DeliveryView> find(DeliveryId id) {
    return database.read(
        s ->
            s.first("SELECT * FROM deliveries WHERE id = ?", SqlDeliveryViews::view, id.toBytes()));
  }

  /// The ids of an event's deliveries begin with its time, so they stand together.
  @Override
  public List<DeliveryView> ofEvent(EventId event) {
    Ulid from = Ulid.first(event.ulid().time());
    Ulid to = Ulid.first(event.ulid().time().plusMillis(1));
    return database.read(
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
  public List<DeliveryId> ids(
      WorkspaceId workspace, Filter filter, @Nullable DeliveryId after, int limit) {
    byte[] from = after == null ? new byte[Ulid.BYTES] : after.toBytes();
    return database.read(s -> new DeliveryScan(s, workspace, filter).idsAfter(from, limit));
  }

  @Override
  public long count(WorkspaceId workspace, Filter filter) {
    return database.read(s -> new DeliveryScan(s, workspace, filter).count());
  }

  @Override
  public List<DeadGroup> deadGroups(WorkspaceId workspace, int limit) {
    return database.read(
        s ->
            s.list(
                """
                SELECT endpoint_id, dead_reason, count(*) AS dead,
                  (SELECT n.id FROM deliveries n WHERE n.state = 4
                    AND n.endpoint_id = g.endpoint_id AND n.dead_reason = g.dead_reason
                    ORDER BY n.id DESC LIMIT 1) AS newest
                FROM deliveries g
                WHERE g.state = 4
                  AND g.endpoint_id IN (SELECT id FROM endpoints WHERE workspace = ?)
                GROUP BY endpoint_id, dead_reason
                ORDER BY dead DESC, endpoint_id, dead_reason LIMIT ?
                """,
                row ->
                    new DeadGroup(
                        EndpointId.fromBytes(row.getBytes("endpoint_id")),
                        row.getString("dead_reason"),
                        row.getLong("dead"),
                        DeliveryId.fromBytes(row.getBytes("newest"))),
                workspace.value(),
                limit));
  }

  @Override
  public Backlog backlog(EndpointId endpoint) {
    return backlogs.of(endpoint);
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
