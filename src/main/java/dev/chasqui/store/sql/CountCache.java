package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Counts by state. Counting reads every row, so what was counted is kept for a while: a console
/// that asks each second costs one count per while.
final class CountCache {

  private static final Duration KEPT = Duration.ofSeconds(10);

  private final Database database;
  private final Clock clock;
  private final Map<WorkspaceId, Counted> counted = new ConcurrentHashMap<>();

  CountCache(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  Map<String, Map<String, Long>> of(WorkspaceId workspace) {
    Instant now = clock.instant();
    Counted known = counted.get(workspace);
    if (known == null || known.at().plus(KEPT).isBefore(now)) {
      known = new Counted(now, database.view(s -> count(s, workspace)));
      counted.put(workspace, known);
    }
    return known.counts();
  }

  private static Map<String, Map<String, Long>> count(Session session, WorkspaceId workspace)
      throws SQLException {
    Map<String, Long> events = new TreeMap<>();
    for (EventRow.State state : EventRow.State.values()) {
      events.put(state.wire(), 0L);
    }
    Map<String, Long> notifications = new TreeMap<>(Map.of("message", 0L, "status", 0L));
    session.list(
        """
        SELECT state, count(*) AS events, sum(messages) AS messages, sum(statuses) AS statuses
        FROM events WHERE workspace = ? GROUP BY state
        """,
        row -> {
          notifications.merge("message", row.getLong("messages"), Long::sum);
          notifications.merge("status", row.getLong("statuses"), Long::sum);
          return events.put(EventCodec.state(row.getInt("state")).wire(), row.getLong("events"));
        },
        workspace.value());
    return Map.of(
        "events",
        events,
        "notifications",
        notifications,
        "deliveries",
        deliveries(session, workspace));
  }

  private static Map<String, Long> deliveries(Session session, WorkspaceId workspace)
      throws SQLException {
    Map<String, Long> deliveries = new TreeMap<>();
    for (DeliveryState state : DeliveryState.values()) {
      deliveries.put(state.wire(), 0L);
    }
    session.list(
        """
        SELECT state, count(*) AS deliveries FROM deliveries
        WHERE endpoint_id IN (SELECT id FROM endpoints WHERE workspace = ?) GROUP BY state
        """,
        row ->
            deliveries.put(
                DeliveryStates.of(row.getInt("state")).wire(), row.getLong("deliveries")),
        workspace.value());
    return deliveries;
  }

  private record Counted(Instant at, Map<String, Map<String, Long>> counts) {}
}
