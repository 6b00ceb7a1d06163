package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.Page;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Lists the deliveries of a workspace that has few of them among very many of others. No index
/// holds what is done; but the events of a workspace have one, and a delivery's id has the time of
/// its event. So a page goes from event to event and looks at each one's millisecond.
///
/// What is left beyond the oldest event is dead or still owed, since all else goes with its event.
final class QuietDeliveries {

  /// Events that one page looks at.
  static final int WINDOW = 2_000;

  /// With less than this part of all deliveries a workspace is quiet.
  private static final int PART = 10;

  private final Session session;
  private final WorkspaceId workspace;
  private final Where where;

  /// @param where the conditions on rows of `deliveries d`, the workspace's included
  QuietDeliveries(Session session, WorkspaceId workspace, Where where) {
    this.session = session;
    this.workspace = workspace;
    this.where = where;
  }

  static boolean isQuiet(Session session, WorkspaceId workspace) throws SQLException {
    long all = session.number("SELECT sum(deliveries) FROM delivery_counts", 0);
    return count(session, workspace, "state >= 0") < all / PART;
  }

  private static long count(Session session, WorkspaceId workspace, String states)
      throws SQLException {
    return session.number(
        """
        SELECT sum(deliveries) FROM delivery_counts
        WHERE endpoint_id IN (SELECT id FROM endpoints WHERE workspace = ?) AND %s
        """
            .formatted(states),
        0,
        workspace.value());
  }

  /// A page of those below an id.
  ///
  /// @param rest lists what is left beyond the oldest event
  Page<DeliveryView> page(byte[] below, byte[] lowest, int limit, Rest rest) throws SQLException {
    List<DeliveryView> found = new ArrayList<>();
    List<Long> times = times(below, lowest);
    byte[] end = below;
    for (long time : times.stream().distinct().toList()) {
      byte[] begin = Compare.UNSIGNED.compare(first(time), lowest) < 0 ? lowest : first(time);
      found.addAll(between(begin, Compare.smaller(below, first(time + 1)), limit, found.size()));
      end = begin;
      if (found.size() > limit) {
        return Pages.of(found, limit, DeliveryView::weight, v -> v.id().toString());
      }
    }
    if (times.size() == WINDOW) {
      return new Page<>(found, DeliveryId.fromBytes(end).toString());
    }
    return beyond(found, end, rest);
  }

  private Page<DeliveryView> beyond(List<DeliveryView> found, byte[] end, Rest rest)
      throws SQLException {
    boolean hasOpen = count(session, workspace, "state <= 2") > 0;
    boolean hasDead = count(session, workspace, "state = 4") > 0;
    if (!hasOpen && !hasDead) {
      return new Page<>(found, null);
    }
    return found.isEmpty()
        ? rest.page(end, hasOpen ? "true" : "d.state = 4")
        : new Page<>(found, DeliveryId.fromBytes(end).toString());
  }

  /// The milliseconds of the workspace's newest events, newest first. The events of the cursor's
  /// own millisecond are among them.
  private List<Long> times(byte[] below, byte[] lowest) throws SQLException {
    return session.list(
        """
        SELECT id FROM events WHERE workspace = ? AND id < ? AND id >= ?
        ORDER BY id DESC LIMIT ?
        """,
        row -> Ulid.fromBytes(row.getBytes(1)).time().toEpochMilli(),
        workspace.value(),
        endOfMillisecond(below),
        first(Ulid.fromBytes(lowest).time().toEpochMilli()),
        WINDOW);
  }

  /// The id itself where it is above all, or where a millisecond begins.
  private static byte[] endOfMillisecond(byte[] id) {
    Ulid ulid = Ulid.fromBytes(id);
    boolean isEnd = ulid.high() == -1 || Arrays.equals(id, first(ulid.time().toEpochMilli()));
    return isEnd ? id : first(ulid.time().toEpochMilli() + 1);
  }

  private List<DeliveryView> between(byte[] from, byte[] below, int limit, int have)
      throws SQLException {
    return session.list(
        "SELECT * FROM deliveries d WHERE d.id < ? AND d.id >= ? AND "
            + where.sql()
            + " ORDER BY d.id DESC LIMIT ?",
        SqlDeliveryViews::view,
        where.arguments(List.of(below, from), limit + 1 - have));
  }

  private static byte[] first(long millis) {
    return Ulid.first(Instant.ofEpochMilli(millis)).toBytes();
  }

  /// Lists what is left.
  @FunctionalInterface
  interface Rest {

    /// @param source the condition that lets the database use the right index
    Page<DeliveryView> page(byte[] below, String source) throws SQLException;
  }
}
