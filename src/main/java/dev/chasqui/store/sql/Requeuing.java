package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.ReplayId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes deliveries due again. Those that have ended begin anew, with the priority of what is old,
/// so that live traffic goes before them; the attempts that were made stay readable. Those that
/// wait are due at once, and keep their schedule. What the same replay made due before is left
/// alone.
final class Requeuing {

  private static final Bulk READ_ENDED =
      Bulk.of(
          """
          WITH v (id, replayed_by) AS ({rows})
          SELECT deliveries.id, deliveries.state, deliveries.endpoint_id, dead_reason, history,
            success_at, success_millis, success_status, success_outcome, success_body
          FROM v JOIN deliveries ON deliveries.id = v.id
          WHERE deliveries.state >= 3 AND
            (v.replayed_by IS NULL OR deliveries.replayed_by IS NULL
              OR deliveries.replayed_by <> v.replayed_by)
          """,
          SqlType.BYTES,
          SqlType.BYTES);

  private static final Bulk BEGIN_ANEW =
      Bulk.of(
          """
          WITH v (id, due_at, history, replayed_by) AS ({rows})
          UPDATE deliveries SET state = 0,
            next_at = CASE WHEN line_key IS NULL THEN v.due_at END, line_since = NULL,
            replay = 1, priority = %d, tries = 0, probes = 0, failed_at = NULL,
            success_at = NULL, success_millis = NULL, success_status = NULL,
            success_outcome = NULL, success_body = NULL, dead_reason = NULL, history = v.history,
            stored = CASE WHEN deliveries.state = 4 THEN deliveries.stored ELSE 0 END,
            replayed_by = v.replayed_by
          FROM v WHERE deliveries.id = v.id AND deliveries.state >= 3
          RETURNING deliveries.id, deliveries.endpoint_id, deliveries.line_key, deliveries.stored
          """
              .formatted(Priority.HISTORY.code()),
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.BYTES);

  private static final Bulk WAKE =
      Bulk.of(
          """
          WITH v (id, due_at, replayed_by) AS ({rows})
          UPDATE deliveries SET replayed_by = v.replayed_by,
            next_at = CASE WHEN deliveries.next_at IS NULL THEN NULL ELSE v.due_at END
          FROM v WHERE deliveries.id = v.id AND deliveries.state <= 1
            AND (deliveries.replayed_by IS NULL OR deliveries.replayed_by <> v.replayed_by)
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.BYTES);

  private Requeuing() {}

  /// @return how many are due now
  static int requeue(
      Session session, Collection<DeliveryId> ids, Instant now, @Nullable ReplayId by)
      throws SQLException {
    byte @Nullable [] replay = by == null ? null : by.toBytes();
    List<@Nullable Object[]> wanted =
        ids.stream()
            .distinct()
            .sorted()
            .map(i -> new @Nullable Object[] {i.toBytes(), replay})
            .toList();
    List<Ended> ended = session.bulk(READ_ENDED, wanted, Ended::read);
    List<@Nullable Object[]> rows =
        ended.stream()
            .map(
                it ->
                    new @Nullable Object[] {
                      it.id().toBytes(), now.toEpochMilli(), it.history(), replay
                    })
            .toList();
    ContactQueues contactQueues = new ContactQueues();
    HeldBacklogs held = new HeldBacklogs();
    Set<DeliveryId> begun =
        Set.copyOf(
            session.bulk(
                BEGIN_ANEW,
                rows,
                row -> {
                  contactQueues.note(row, now);
                  return held.came(row);
                }));
    contactQueues.pass(session);
    held.write(session);
    uncount(session, ended.stream().filter(it -> begun.contains(it.id())).toList());
    return begun.size() + (replay == null ? 0 : wake(session, ids, now, replay));
  }

  /// What waits is tried now instead of later.
  private static int wake(Session session, Collection<DeliveryId> ids, Instant now, byte[] replay)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (DeliveryId id : new TreeSet<>(ids)) {
      long due = Math.min(id.ulid().time().toEpochMilli(), now.toEpochMilli());
      rows.add(new @Nullable Object[] {id.toBytes(), due, replay});
    }
    return session.bulk(WAKE, rows);
  }

  private static void uncount(Session session, List<Ended> begun) throws SQLException {
    DeadCounts counts = new DeadCounts();
    for (Ended ended : begun) {
      if (ended.cause() != null) {
        counts.count(ended.cause());
      }
    }
    counts.left(session);
  }

  /// A delivery that is over.
  ///
  /// @param cause null unless it is dead
  private record Ended(DeliveryId id, DeadCounts.@Nullable Cause cause, @Nullable String history) {

    static Ended read(ResultSet row) throws SQLException {
      boolean dead = row.getInt("state") == DeliveryStates.DEAD;
      return new Ended(
          DeliveryId.fromBytes(Columns.bytes(row, "id")),
          dead && row.getString("dead_reason") != null ? DeadCounts.Cause.read(row) : null,
          AttemptHistory.closed(row));
    }
  }
}
