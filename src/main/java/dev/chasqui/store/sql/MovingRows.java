package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Owes deliveries to another endpoint instead, each under its id. A row is taken out and put back,
/// so that whatever counts rows by endpoint counts it with the other one. What it had behind it
/// stays readable; it stands in no contact queue any more.
final class MovingRows {

  private static final String TAKE =
      """
      DELETE FROM deliveries WHERE id = ? AND %s
      RETURNING id, event_id, position, endpoint_id, selection, priority, attempts, history, stored,
        replayed_by, line_key
      """;

  private static final String TAKE_LEASED = TAKE.formatted("lease_fence = ? AND state = 2");
  private static final String TAKE_WAITING = TAKE.formatted("state <= 1");

  private MovingRows() {}

  /// A row that was taken out.
  private record Taken(List<@Nullable Object> values) {}

  /// Moves what a settlement's lease holds.
  ///
  /// @return its id, or nothing if the lease was lost
  static List<DeliveryId> move(
      Session session, Settlement.Moved moved, ContactQueues contactQueues, HeldBacklogs held)
      throws SQLException {
    List<Taken> taken =
        session.list(
            TAKE_LEASED,
            row -> taken(row, moved.dueAt(), contactQueues, held),
            moved.id().toBytes(),
            moved.lease().fence());
    put(session, taken, moved.to(), moved.dueAt(), held);
    return taken.isEmpty() ? List.of() : List.of(moved.id());
  }

  /// Moves deliveries that wait; those leased or over are left alone.
  ///
  /// @return how many were moved
  static int move(Session session, Collection<DeliveryId> ids, EndpointId to, Instant now)
      throws SQLException {
    ContactQueues contactQueues = new ContactQueues();
    HeldBacklogs held = new HeldBacklogs();
    int count = 0;
    for (DeliveryId id : ids) {
      List<Taken> taken =
          session.list(TAKE_WAITING, row -> taken(row, now, contactQueues, held), id.toBytes());
      put(session, taken, to, now, held);
      count += taken.size();
    }
    contactQueues.pass(session);
    held.write(session);
    return count;
  }

  private static Taken taken(
      ResultSet row, Instant now, ContactQueues contactQueues, HeldBacklogs held)
      throws SQLException {
    contactQueues.note(row, now);
    held.went(row);
    List<@Nullable Object> values =
        Arrays.asList(
            row.getBytes("id"),
            row.getBytes("event_id"),
            row.getLong("position"),
            row.getString("selection"),
            row.getInt("priority"),
            row.getInt("attempts"),
            row.getString("history"),
            row.getLong("stored"),
            row.getBytes("replayed_by"));
    return new Taken(values);
  }

  private static void put(
      Session session, List<Taken> taken, EndpointId to, Instant dueAt, HeldBacklogs held)
      throws SQLException {
    for (Taken one : taken) {
      @Nullable Object[] arguments = Arrays.copyOf(one.values().toArray(), 11);
      arguments[9] = to.toBytes();
      arguments[10] = dueAt.toEpochMilli();
      session.list(
          """
          INSERT INTO deliveries (id, event_id, position, selection, priority, attempts, history,
            stored, replayed_by, endpoint_id, next_at, state)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
          RETURNING id, endpoint_id, stored
          """,
          held::came,
          arguments);
    }
  }
}
