package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Ends deliveries that wait, and keeps what they were made from.
final class DeadLettering {

  private static final Bulk DEAD_LETTER =
      Bulk.of(
          """
          WITH v (id, reason) AS ({rows})
          UPDATE deliveries SET state = 4, next_at = NULL, dead_reason = v.reason
          FROM v WHERE deliveries.id = v.id AND deliveries.state <= 1
          RETURNING deliveries.id, deliveries.endpoint_id, deliveries.dead_reason,
            deliveries.stored, deliveries.line_key
          """,
          SqlType.BYTES,
          SqlType.TEXT);

  private DeadLettering() {}

  /// @return how many
  static int deadLetter(Session session, Map<DeliveryId, DeadPayload> payloads, String reason)
      throws SQLException {
    List<@Nullable Object[]> rows =
        new TreeMap<>(payloads)
            .keySet().stream().map(id -> new @Nullable Object[] {id.toBytes(), reason}).toList();
    DeadCounts counts = new DeadCounts();
    HeldBacklogs held = new HeldBacklogs();
    ContactQueues contactQueues = new ContactQueues();
    List<DeliveryId> deadLettered =
        session.bulk(
            DEAD_LETTER,
            rows,
            row -> {
              counts.count(DeadCounts.Cause.read(row));
              DeliveryId id = held.went(row);
              contactQueues.note(row, id.ulid().time());
              return id;
            });
    session.bulk(DeadPayloads.INSERT, DeadPayloads.rows(deadLettered, payloads));
    counts.died(session);
    held.write(session);
    contactQueues.pass(session);
    return deadLettered.size();
  }
}
