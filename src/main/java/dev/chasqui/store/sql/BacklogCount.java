package dev.chasqui.store.sql;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryViews.Backlog;
import dev.chasqui.store.StoreException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// What waits for an endpoint. A short backlog is counted when it is asked for. Counting a long one
/// would hold up who asks, so it is counted beside, at most every few seconds; until the first
/// count is there it is told as the number up to which backlogs are short.
final class BacklogCount {

  /// Up to so many are counted at once.
  static final int SHORT = 10_000;

  private static final Duration KEPT = Duration.ofSeconds(10);

  private static final String BOUNDED =
      """
      SELECT count(*) FROM (
        SELECT 1 FROM deliveries WHERE state <= 1 AND endpoint_id = ? LIMIT ?) w
      """;

  private static final String WHOLE =
      "SELECT count(*) FROM deliveries WHERE state <= 1 AND endpoint_id = ?";

  private static final String OLDEST =
      """
      WITH p (priority) AS (VALUES (0), (1), (2), (3))
      SELECT min(e.next_at) FROM (
        SELECT (SELECT d.next_at FROM deliveries d
          WHERE d.state <= 1 AND d.endpoint_id = ? AND d.priority = p.priority
            AND d.next_at IS NOT NULL ORDER BY d.next_at LIMIT 1) AS next_at FROM p) e
      """;

  private final Database database;
  private final Clock clock;
  private final Map<EndpointId, Counted> counted = new ConcurrentHashMap<>();
  // One count an endpoint at a time, so this bounds the queue of the counter too.
  private final Set<EndpointId> underWay = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor counter;

  private record Counted(long count, Instant at) {}

  BacklogCount(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.counter =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("store-count").factory());
    counter.allowCoreThreadTimeOut(true);
  }

  Backlog of(Session session, EndpointId endpoint) throws SQLException {
    byte[] id = endpoint.toBytes();
    long few = session.number(BOUNDED, 0, id, SHORT + 1);
    long oldest = few == 0 ? -1 : session.number(OLDEST, -1, id);
    return new Backlog(
        few <= SHORT ? few : longBacklog(endpoint),
        oldest < 0 ? null : Instant.ofEpochMilli(oldest));
  }

  private long longBacklog(EndpointId endpoint) {
    Counted last = counted.get(endpoint);
    boolean isFresh = last != null && clock.instant().isBefore(last.at().plus(KEPT));
    if (!isFresh && underWay.add(endpoint)) {
      counter.execute(() -> count(endpoint));
    }
    return last == null ? SHORT : Math.max(SHORT, last.count());
  }

  private void count(EndpointId endpoint) {
    try {
      long count = database.view(s -> s.number(WHOLE, 0, endpoint.toBytes()));
      counted.put(endpoint, new Counted(count, clock.instant()));
    } catch (StoreException e) {
      System.getLogger(BacklogCount.class.getName())
          .log(System.Logger.Level.DEBUG, "a backlog could not be counted", e);
    } finally {
      underWay.remove(endpoint);
    }
  }
}
