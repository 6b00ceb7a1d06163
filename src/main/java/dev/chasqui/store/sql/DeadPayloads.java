package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What dead letters keep of their events. What one keeps already stays as it is.
final class DeadPayloads {

  static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (delivery_id, workspace, fact) AS ({rows})
          INSERT INTO dead_payloads (delivery_id, workspace, fact)
          SELECT * FROM v WHERE true
          ON CONFLICT (delivery_id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.BYTES);

  private DeadPayloads() {}

  /// Of those that died; what has no bytes is left out.
  static List<@Nullable Object[]> rows(
      Collection<DeliveryId> dead, Map<DeliveryId, DeadPayload> payloads) {
    List<@Nullable Object[]> rows = new ArrayList<>(dead.size());
    for (DeliveryId id : dead) {
      DeadPayload payload = payloads.get(id);
      if (payload != null && payload.fact().length() > 0) {
        rows.add(
            new @Nullable Object[] {
              id.toBytes(), payload.workspace().value(), payload.fact().toArray()
            });
      }
    }
    return rows;
  }
}
