package dev.chasqui.store.sql;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.ProjectionStore.Source;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private static final Bulk INSERT_UNKEPT =
      Bulk.of(
          """
          WITH v (delivery_id, event_id, position) AS ({rows})
          INSERT INTO dead_unkept (delivery_id, event_id, position)
          SELECT * FROM v WHERE true
          ON CONFLICT (delivery_id) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER);

  private static final Bulk DELETE_UNKEPT =
      Bulk.of(
          """
          WITH v (delivery_id) AS ({rows})
          DELETE FROM dead_unkept WHERE delivery_id IN (SELECT delivery_id FROM v)
          """,
          SqlType.BYTES);

  private DeadPayloads() {}

  /// Notes dead letters whose events are to be kept later, with where they stand in the journal.
  static void unkept(Session session, Map<DeliveryId, Source> sources) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(sources.size());
    sources.forEach(
        (id, source) ->
            rows.add(
                new @Nullable Object[] {
                  id.toBytes(), source.event().toBytes(), source.position()
                }));
    session.bulk(INSERT_UNKEPT, rows);
  }

  /// Keeps what was noted.
  static void keep(Session session, Map<DeliveryId, DeadPayload> payloads) throws SQLException {
    session.bulk(INSERT, rows(payloads.keySet(), payloads));
    List<@Nullable Object[]> ids = new ArrayList<>(payloads.size());
    payloads.keySet().forEach(id -> ids.add(new @Nullable Object[] {id.toBytes()}));
    session.bulk(DELETE_UNKEPT, ids);
  }

  /// What a dead letter keeps by itself, empty if nothing.
  static Optional<DeadPayload> of(Session session, DeliveryId id) throws SQLException {
    return session.first(
        "SELECT workspace, fact FROM dead_payloads WHERE delivery_id = ?",
        row -> new DeadPayload(new WorkspaceId(row.getString(1)), Bytes.of(row.getBytes(2))),
        id.toBytes());
  }

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
