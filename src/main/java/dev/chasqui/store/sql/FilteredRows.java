package dev.chasqui.store.sql;

import dev.chasqui.store.ProjectionStore.Filtered;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows of `deliveries` that were never owed: they have ended as they are written.
final class FilteredRows {

  private static final Bulk INSERT =
      Bulk.of(
          """
          WITH v (id, event_id, position, endpoint_id, selection, state, priority, dead_reason)
            AS ({rows})
          INSERT INTO deliveries (id, event_id, position, endpoint_id, selection, state, priority,
            dead_reason)
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
          SqlType.TEXT);

  private FilteredRows() {}

  /// Adds those that are not there yet.
  static void insert(Session session, Collection<Filtered> filtered) throws SQLException {
    if (!filtered.isEmpty()) {
      List<@Nullable Object[]> rows = filtered.stream().map(FilteredRows::row).toList();
      session.bulk(INSERT, rows);
    }
  }

  private static @Nullable Object[] row(Filtered filtered) {
    return new @Nullable Object[] {
      filtered.id().toBytes(),
      filtered.source().event().toBytes(),
      filtered.source().position(),
      filtered.endpoint().toBytes(),
      filtered.selection(),
      DeliveryStates.FILTERED,
      filtered.priority().code(),
      filtered.reason()
    };
  }
}
