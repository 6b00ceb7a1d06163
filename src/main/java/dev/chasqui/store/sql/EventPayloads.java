package dev.chasqui.store.sql;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events that are kept in the store because their segment of the journal is to go: the whole fact,
/// deflated, once for all deliveries that name its size in `stored`. One that no delivery needs any
/// more is deleted by housekeeping.
final class EventPayloads {

  private static final int WINDOW = 500;

  private static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (event_id, workspace, fact) AS ({rows})
          INSERT INTO event_payloads (event_id, workspace, fact)
          SELECT * FROM v WHERE true
          ON CONFLICT (event_id) DO UPDATE SET fact = excluded.fact
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.BYTES);

  private static final Bulk STORED =
      Bulk.of(
          """
          WITH v (id, stored) AS ({rows})
          UPDATE deliveries SET stored = v.stored
          FROM v WHERE deliveries.id = v.id AND deliveries.state <= 1 AND deliveries.stored = 0
          RETURNING deliveries.id, deliveries.endpoint_id, deliveries.stored
          """,
          SqlType.BYTES,
          SqlType.NUMBER);

  private static final Bulk DELETE =
      Bulk.of(
          """
          WITH v (event_id) AS ({rows})
          DELETE FROM event_payloads WHERE event_id IN (SELECT event_id FROM v)
          """,
          SqlType.BYTES);

  /// Where the walk of [#deleteUnused] is.
  private byte[] walkedTo = new byte[Ulid.BYTES];

  /// Keeps events, and notes their sizes with the deliveries. One that is nowhere any more counts
  /// as one byte, so that its deliveries hold up nothing.
  static void hold(Session session, Collection<Open> deliveries, Map<Source, DeadPayload> events)
      throws SQLException {
    Map<Source, Integer> sizes = new HashMap<>();
    List<@Nullable Object[]> kept = new ArrayList<>(events.size());
    for (Map.Entry<Source, DeadPayload> event : events.entrySet()) {
      byte[] deflated = Deflated.of(event.getValue().fact());
      sizes.put(event.getKey(), deflated.length);
      kept.add(
          new @Nullable Object[] {
            event.getKey().event().toBytes(), event.getValue().workspace().value(), deflated
          });
    }
    session.bulk(INSERT, kept);
    List<@Nullable Object[]> rows = new ArrayList<>(deliveries.size());
    for (Open one : deliveries) {
      int size = sizes.getOrDefault(one.source(), 1);
      rows.add(new @Nullable Object[] {one.id().toBytes(), (long) size});
    }
    HeldBacklogs held = new HeldBacklogs();
    session.bulk(STORED, rows, held::came);
    held.write(session);
  }

  /// What is kept of a delivery's event, empty if nothing is.
  static Optional<DeadPayload> of(Session session, DeliveryId id) throws SQLException {
    return session.first(
        """
        SELECT p.workspace, p.fact FROM deliveries d
        JOIN event_payloads p ON p.event_id = d.event_id
        WHERE d.id = ?
        """,
        row -> new DeadPayload(new WorkspaceId(row.getString(1)), inflated(row.getBytes(2))),
        id.toBytes());
  }

  private static Bytes inflated(byte[] deflated) {
    return Bytes.of(Deflated.inflate(deflated));
  }

  /// Looks at some more events and deletes those that nothing waits for and no dead letter keeps.
  ///
  /// @return whether there is more; if not, the next call begins anew
  boolean deleteUnused(Session session) throws SQLException {
    List<EventId> events =
        session.list(
            "SELECT event_id FROM event_payloads WHERE event_id > ? ORDER BY event_id LIMIT ?",
            row -> EventId.fromBytes(row.getBytes(1)),
            walkedTo,
            WINDOW);
    List<@Nullable Object[]> unused = new ArrayList<>();
    for (EventId event : events) {
      if (!isUsed(session, event)) {
        unused.add(new @Nullable Object[] {event.toBytes()});
      }
    }
    session.bulk(DELETE, unused);
    boolean more = events.size() == WINDOW;
    walkedTo = more ? events.getLast().toBytes() : new byte[Ulid.BYTES];
    return more;
  }

  /// The ids of an event's deliveries begin with its time, so they stand together.
  private static boolean isUsed(Session session, EventId event) throws SQLException {
    return session
        .first(
            """
            SELECT 1 FROM deliveries WHERE id >= ? AND id < ? AND event_id = ?
              AND stored > 0 AND (state <= 2 OR state = 4) LIMIT 1
            """,
            row -> row.getInt(1),
            Ulid.first(event.ulid().time()).toBytes(),
            Ulid.first(event.ulid().time().plusMillis(1)).toBytes(),
            event.toBytes())
        .isPresent();
  }
}
