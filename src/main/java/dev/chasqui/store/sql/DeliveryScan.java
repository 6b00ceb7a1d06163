package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.DeliveryViews.Filter;
import dev.chasqui.store.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds deliveries by a filter. What is done has no index but its id, so a page looks through a
/// bounded run of rows, newest first, and may come back with fewer rows than asked for and the
/// cursor to go on from. Filters on states that an index holds go through that index.
final class DeliveryScan {

  /// Rows that one page looks at.
  static final int WINDOW = 50_000;

  /// Up to so many open rows are gathered from their index and sorted.
  private static final int FEW_OPEN = 10_000;

  /// Over, and not kept out by a rule.
  private static final String REPLAYABLE =
      " AND d.state >= " + DeliveryStates.DELIVERED + " AND d.state < " + DeliveryStates.FILTERED;

  /// Waiting for a time, and not behind another of its contact.
  private static final String WAITING =
      " AND d.state <= " + DeliveryStates.RETRYING + " AND d.next_at IS NOT NULL";

  private static final String ALL = "true";

  private final Session session;
  private final WorkspaceId workspace;
  private final boolean isOfEvent;
  private final Where where = new Where();
  private final String source;
  private final byte[] lowest;
  private final byte[] highest;

  DeliveryScan(Session session, WorkspaceId workspace, Filter filter) throws SQLException {
    this.session = session;
    this.workspace = workspace;
    this.isOfEvent = filter.event() != null;
    this.lowest = lowest(filter);
    this.highest = highest(filter);
    this.source = source(session, filter.state());
    where.and(
        "EXISTS (SELECT 1 FROM endpoints e WHERE e.id = d.endpoint_id AND e.workspace = ?)",
        workspace.value());
    where.andIf("d.event_id = ?", filter.event() == null ? null : filter.event().toBytes());
    where.andIf(
        "d.endpoint_id = ?", filter.endpoint() == null ? null : filter.endpoint().toBytes());
    where.andIf("d.state = ?", filter.state() == null ? null : DeliveryStates.code(filter.state()));
    where.andIf("d.dead_reason = ?", filter.reason());
  }

  Page<DeliveryView> page(byte[] before, int limit) throws SQLException {
    byte[] from = Compare.smaller(before, highest);
    boolean isOfAll = source.equals(ALL) && !isOfEvent;
    if (isOfAll && QuietDeliveries.isQuiet(session, workspace)) {
      return new QuietDeliveries(session, workspace, where)
          .page(from, lowest, limit, (below, rest) -> page(below, limit, rest));
    }
    return page(from, limit, source);
  }

  private Page<DeliveryView> page(byte[] from, int limit, String source) throws SQLException {
    Optional<byte[]> end = windowEnd(from, source);
    List<DeliveryView> found =
        session.list(
            "SELECT * FROM deliveries d WHERE d.id < ? AND d.id >= ? AND "
                + source
                + " AND "
                + where.sql()
                + " ORDER BY d.id DESC LIMIT ?",
            SqlDeliveryViews::view,
            where.arguments(List.of(from, end.orElse(lowest)), limit + 1));
    Page<DeliveryView> page = Pages.of(found, limit, DeliveryView::weight, v -> v.id().toString());
    if (page.nextCursor() != null || end.isEmpty()) {
      return page;
    }
    return new Page<>(page.data(), DeliveryId.fromBytes(end.get()).toString());
  }

  /// The id at which a page stops looking, empty if it can look at all the rest.
  private Optional<byte[]> windowEnd(byte[] from, String source) throws SQLException {
    return session.first(
        "SELECT d.id FROM deliveries d WHERE d.id < ? AND d.id >= ? AND "
            + source
            + " ORDER BY d.id DESC LIMIT 1 OFFSET ?",
        row -> row.getBytes(1),
        from,
        lowest,
        WINDOW - 1);
  }

  List<DeliveryId> replayable(byte[] after, int limit) throws SQLException {
    return ids(REPLAYABLE, after, limit);
  }

  long countReplayable() throws SQLException {
    return count(REPLAYABLE);
  }

  List<DeliveryId> waiting(byte[] after, int limit) throws SQLException {
    return ids(WAITING, after, limit);
  }

  long countWaiting() throws SQLException {
    return count(WAITING);
  }

  private List<DeliveryId> ids(String which, byte[] after, int limit) throws SQLException {
    return session.list(
        "SELECT d.id FROM deliveries d WHERE d.id > ? AND d.id >= ? AND d.id < ? AND "
            + source
            + " AND "
            + where.sql()
            + which
            + " ORDER BY d.id LIMIT ?",
        row -> DeliveryId.fromBytes(row.getBytes(1)),
        where.arguments(List.of(after, lowest, highest), limit));
  }

  private long count(String which) throws SQLException {
    return session.number(
        "SELECT count(*) FROM deliveries d WHERE d.id >= ? AND d.id < ? AND "
            + source
            + " AND "
            + where.sql()
            + which,
        0,
        where.arguments(List.of(lowest, highest)));
  }

  /// The condition that lets the database use the right index.
  private static String source(Session session, @Nullable DeliveryState state) throws SQLException {
    if (state == null || state == DeliveryState.DELIVERED) {
      return ALL;
    }
    if (state == DeliveryState.DEAD) {
      return "d.state = 4";
    }
    if (state.isTerminal()) {
      return ALL;
    }
    long open =
        session.number(
            "SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE state <= 2 LIMIT ?) o",
            0,
            FEW_OPEN + 1);
    return open > FEW_OPEN ? ALL : "d.id IN (SELECT o.id FROM deliveries o WHERE o.state <= 2)";
  }

  private static byte[] lowest(Filter filter) {
    List<byte[]> bounds = new ArrayList<>();
    bounds.add(new byte[Ulid.BYTES]);
    if (filter.since() != null) {
      bounds.add(Ulid.first(filter.since()).toBytes());
    }
    if (filter.event() != null) {
      bounds.add(Ulid.first(filter.event().ulid().time()).toBytes());
    }
    return Collections.max(bounds, Compare.UNSIGNED);
  }

  private static byte[] highest(Filter filter) {
    List<byte[]> bounds = new ArrayList<>();
    bounds.add(Pages.aboveAll());
    if (filter.until() != null) {
      bounds.add(Ulid.first(filter.until()).toBytes());
    }
    if (filter.event() != null) {
      bounds.add(Ulid.first(filter.event().ulid().time().plusMillis(1)).toBytes());
    }
    return Collections.min(bounds, Compare.UNSIGNED);
  }
}
