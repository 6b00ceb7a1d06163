package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// The counters of events by workspace and state and of deliveries by endpoint and state. Triggers
/// of the database keep them in the transaction that changes a row, so they are right whatever
/// changes it; what they cost to read depends on the number of endpoints alone.
final class Counters {

  /// Adds the rows of closed connections to the shared row. Rows that other connections hold at the
  /// moment are left for the next time.
  private static final String MERGE_EVENTS =
      """
      WITH gone AS (
        DELETE FROM event_counts WHERE (workspace, state, backend) IN (
          SELECT workspace, state, backend FROM event_counts
          WHERE backend <> 0 AND backend NOT IN (SELECT pid FROM pg_stat_activity)
          FOR UPDATE SKIP LOCKED)
        RETURNING *)
      INSERT INTO event_counts AS c (workspace, state, backend, events, messages, statuses)
      SELECT workspace, state, 0, sum(events), sum(messages), sum(statuses) FROM gone
      GROUP BY workspace, state ORDER BY workspace, state
      ON CONFLICT (workspace, state, backend) DO UPDATE SET events = c.events + excluded.events,
        messages = c.messages + excluded.messages, statuses = c.statuses + excluded.statuses
      """;

  private static final String MERGE_DELIVERIES =
      """
      WITH gone AS (
        DELETE FROM delivery_counts WHERE (endpoint_id, state, backend) IN (
          SELECT endpoint_id, state, backend FROM delivery_counts
          WHERE backend <> 0 AND backend NOT IN (SELECT pid FROM pg_stat_activity)
          FOR UPDATE SKIP LOCKED)
        RETURNING *)
      INSERT INTO delivery_counts AS c (endpoint_id, state, backend, deliveries)
      SELECT endpoint_id, state, 0, sum(deliveries) FROM gone
      GROUP BY endpoint_id, state ORDER BY endpoint_id, state
      ON CONFLICT (endpoint_id, state, backend)
        DO UPDATE SET deliveries = c.deliveries + excluded.deliveries
      """;

  private Counters() {}

  /// Events, notifications and deliveries of a workspace by state.
  static Map<String, Map<String, Long>> of(Session session, WorkspaceId workspace)
      throws SQLException {
    Map<String, Long> events = new TreeMap<>();
    for (EventRow.State state : EventRow.State.values()) {
      events.put(state.wire(), 0L);
    }
    Map<String, Long> notifications = new TreeMap<>(Map.of("message", 0L, "status", 0L));
    session.list(
        """
        SELECT state, sum(events) AS events, sum(messages) AS messages, sum(statuses) AS statuses
        FROM event_counts WHERE workspace = ? GROUP BY state
        """,
        row -> {
          notifications.merge("message", row.getLong("messages"), Long::sum);
          notifications.merge("status", row.getLong("statuses"), Long::sum);
          return events.put(EventCodec.state(row.getInt("state")).wire(), row.getLong("events"));
        },
        workspace.value());
    Map<String, Long> deliveries = deliveries(session, workspace);
    return Map.of("events", events, "notifications", notifications, "deliveries", deliveries);
  }

  private static Map<String, Long> deliveries(Session session, WorkspaceId workspace)
      throws SQLException {
    Map<String, Long> deliveries = new TreeMap<>();
    for (DeliveryState state : DeliveryState.values()) {
      deliveries.put(state.wire(), 0L);
    }
    session.list(
        """
        SELECT state, sum(deliveries) AS deliveries FROM delivery_counts
        WHERE endpoint_id IN (SELECT id FROM endpoints WHERE workspace = ?) GROUP BY state
        """,
        row ->
            deliveries.put(
                DeliveryStates.of(row.getInt("state")).wire(), row.getLong("deliveries")),
        workspace.value());
    return deliveries;
  }

  /// How much is owed to each endpoint, waiting or on a node; those that are owed nothing may be
  /// missing.
  static Map<EndpointId, Long> owed(Session session) throws SQLException {
    Map<EndpointId, Long> owed = new HashMap<>();
    session.list(
        """
        SELECT endpoint_id, sum(deliveries) AS owed FROM delivery_counts
        WHERE state <= 2 GROUP BY endpoint_id
        """,
        row ->
            owed.put(EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")), row.getLong("owed")));
    return owed;
  }

  /// Adds up what connections that are gone have counted. SQLite has one writer and nothing to add.
  static void merge(Session session) throws SQLException {
    if (!session.dialect().hasOneWriter()) {
      session.update(MERGE_EVENTS);
      session.update(MERGE_DELIVERIES);
    }
  }
}
