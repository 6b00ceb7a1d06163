package dev.chasqui.store.sql;

import dev.chasqui.model.Priority;
import dev.chasqui.model.ReplayId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Delivered;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.QueuePlace;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New rows of `deliveries`. Those that stand in a contact queue are written without a due time; if
/// their queue has no head, the first becomes it at once.
final class OwedRows {

  private static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (id, event_id, position, endpoint_id, selection, state, next_at, lease_node,
            lease_fence, lease_until, replay, replayed_by, priority, line_key, line_no)
            AS ({rows})
          INSERT INTO deliveries (id, event_id, position, endpoint_id, selection, state, next_at,
            lease_node, lease_fence, lease_until, replay, replayed_by, priority, line_key, line_no)
          SELECT * FROM v WHERE true
          ON CONFLICT (id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private static final Bulk INSERT_DELIVERED =
      Bulk.of(
          """
          WITH v (id, event_id, position, endpoint_id, selection, priority, made_at, millis, status,
            outcome, body) AS ({rows})
          INSERT INTO deliveries (id, event_id, position, endpoint_id, selection, priority,
            success_at, success_millis, success_status, success_outcome, success_body, state, tries,
            attempts)
          SELECT v.*, %d, 1, 1 FROM v WHERE true
          ON CONFLICT (id) DO NOTHING
          """
              .formatted(DeliveryStates.DELIVERED),
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.TEXT);

  private OwedRows() {}

  /// Adds what an event owes and is not there yet.
  static void insert(Session session, Collection<Owed> owed) throws SQLException {
    insert(session, owed, owed.stream().map(o -> row(o, false, null)).toList());
  }

  /// Adds what an event owed and its receivers have already.
  static void insertDelivered(Session session, Collection<Delivered> delivered)
      throws SQLException {
    session.bulk(INSERT_DELIVERED, delivered.stream().map(OwedRows::row).toList());
  }

  /// Adds what a replay owes and is not there yet.
  ///
  /// @return how many were new
  static int insertReplayed(Session session, Collection<Owed> owed, @Nullable ReplayId by)
      throws SQLException {
    byte @Nullable [] replay = by == null ? null : by.toBytes();
    return insert(session, owed, owed.stream().map(o -> row(o, true, replay)).toList());
  }

  private static int insert(Session session, Collection<Owed> owed, List<@Nullable Object[]> rows)
      throws SQLException {
    int added = session.bulk(INSERT, rows);
    ContactQueues contactQueues = new ContactQueues();
    for (Owed one : owed) {
      QueuePlace line = one.place().contactQueue();
      if (line != null) {
        contactQueues.free(one.endpoint(), line.key().value(), one.dueAt());
      }
    }
    contactQueues.pass(session);
    return added;
  }

  private static @Nullable Object[] row(Delivered delivered) {
    Owed owed = delivered.owed();
    checkTime(owed);
    Attempt attempt = delivered.attempt();
    return new @Nullable Object[] {
      owed.id().toBytes(),
      owed.source().event().toBytes(),
      owed.source().position(),
      owed.endpoint().toBytes(),
      owed.selection(),
      owed.place().priority().code(),
      attempt.at().toEpochMilli(),
      attempt.millis(),
      attempt.status(),
      attempt.outcome(),
      attempt.responseBody()
    };
  }

  private static void checkTime(Owed owed) {
    if (!owed.id().ulid().time().equals(owed.source().event().ulid().time())) {
      throw new IllegalArgumentException("a delivery's id has the time of its event");
    }
  }

  private static @Nullable Object[] row(Owed owed, boolean replay, byte @Nullable [] replayedBy) {
    checkTime(owed);
    Lease lease = owed.lease();
    QueuePlace line = owed.place().contactQueue();
    return new @Nullable Object[] {
      owed.id().toBytes(),
      owed.source().event().toBytes(),
      owed.source().position(),
      owed.endpoint().toBytes(),
      owed.selection(),
      lease == null ? DeliveryStates.PENDING : DeliveryStates.LEASED,
      line == null ? owed.dueAt().toEpochMilli() : null,
      lease == null ? null : lease.node(),
      lease == null ? null : lease.fence(),
      lease == null ? null : lease.until().toEpochMilli(),
      Columns.ofTruth(replay),
      replayedBy,
      (replay ? Priority.HISTORY : owed.place().priority()).code(),
      line == null ? null : line.key().value(),
      line == null ? null : line.ordinal()
    };
  }
}
