package dev.chasqui.store.sql;

import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// New rows of `deliveries`.
final class OwedRows {

  /// Answers with the ids that are new.
  static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (id, event_id, position, endpoint_id, selection, state, next_at, lease_node,
            lease_fence, lease_until, replay) AS ({rows})
          INSERT INTO deliveries (id, event_id, position, endpoint_id, selection, state, next_at,
            lease_node, lease_fence, lease_until, replay)
          SELECT * FROM v WHERE true
          ON CONFLICT (id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private OwedRows() {}

  static List<@Nullable Object[]> of(Collection<Owed> owed, boolean replay) {
    return owed.stream().map(o -> row(o, replay)).toList();
  }

  private static @Nullable Object[] row(Owed owed, boolean replay) {
    if (!owed.id().ulid().time().equals(owed.source().event().ulid().time())) {
      throw new IllegalArgumentException("a delivery's id has the time of its event");
    }
    Lease lease = owed.lease();
    return new @Nullable Object[] {
      owed.id().toBytes(),
      owed.source().event().toBytes(),
      owed.source().position(),
      owed.endpoint().toBytes(),
      owed.selection(),
      lease == null ? DeliveryStates.PENDING : DeliveryStates.LEASED,
      owed.dueAt().toEpochMilli(),
      lease == null ? null : lease.node(),
      lease == null ? null : lease.fence(),
      lease == null ? null : lease.until().toEpochMilli(),
      Columns.ofTruth(replay)
    };
  }
}
