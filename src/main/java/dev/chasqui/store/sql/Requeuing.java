package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes ended deliveries due again: attempts begin anew, those that were made stay readable.
final class Requeuing {

  private static final Bulk READ_ENDED =
      Bulk.of(
          """
          WITH v (id) AS ({rows})
          SELECT deliveries.id, history, success_at, success_millis, success_status,
            success_outcome, success_body
          FROM v JOIN deliveries ON deliveries.id = v.id
          WHERE deliveries.state >= 3
          """,
          SqlType.BYTES);

  private static final Bulk BEGIN_ANEW =
      Bulk.of(
          """
          WITH v (id, due_at, history) AS ({rows})
          UPDATE deliveries SET state = 0, next_at = CASE WHEN line_key IS NULL THEN v.due_at END, line_since = NULL, replay = 1, tries = 0,
            success_at = NULL, success_millis = NULL, success_status = NULL,
            success_outcome = NULL, success_body = NULL, dead_reason = NULL, history = v.history
          FROM v WHERE deliveries.id = v.id AND deliveries.state >= 3
          RETURNING deliveries.endpoint_id, deliveries.line_key
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.TEXT);

  private Requeuing() {}

  /// @return how many are due now
  static int requeue(Session session, Collection<DeliveryId> ids, Instant now) throws SQLException {
    List<@Nullable Object[]> wanted =
        ids.stream().distinct().sorted().map(i -> new @Nullable Object[] {i.toBytes()}).toList();
    List<@Nullable Object[]> ended =
        session.bulk(
            READ_ENDED,
            wanted,
            row ->
                new @Nullable Object[] {
                  row.getBytes("id"), now.toEpochMilli(), AttemptHistory.closed(row)
                });
    Turns turns = new Turns();
    int due = session.bulk(BEGIN_ANEW, ended, row -> turns.note(row, now)).size();
    turns.pass(session);
    return due;
  }
}
