package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.BacklogStore.Held;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How much of [EventPayloads] waits for each endpoint, counted in the transaction in which it
/// comes or goes. What is not kept in the store changes nothing here, so live traffic does not pay
/// for it. Endpoints are written in their order, so that two transactions never wait for each
/// other.
final class HeldBacklogs {

  private static final Bulk ADD =
      Bulk.of(
          """
          WITH v (endpoint_id, deliveries, bytes, since) AS ({rows})
          INSERT INTO held_backlogs (endpoint_id, deliveries, bytes, since)
          SELECT * FROM v WHERE true
          ON CONFLICT (endpoint_id) DO UPDATE SET
            deliveries = held_backlogs.deliveries + excluded.deliveries,
            bytes = held_backlogs.bytes + excluded.bytes
          """,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private static final String FORGET = "DELETE FROM held_backlogs WHERE deliveries <= 0";

  private final Map<EndpointId, Held> changed = new TreeMap<>();
  private boolean hasGone;

  /// Notes a row of `id`, `endpoint_id` and `stored` that waits from now on.
  DeliveryId came(ResultSet row) throws SQLException {
    return note(row, 1);
  }

  /// Notes one that waits no more.
  DeliveryId went(ResultSet row) throws SQLException {
    hasGone |= row.getLong("stored") > 0;
    return note(row, -1);
  }

  private DeliveryId note(ResultSet row, int sign) throws SQLException {
    DeliveryId id = DeliveryId.fromBytes(Columns.bytes(row, "id"));
    long stored = row.getLong("stored");
    if (stored > 0) {
      Held one = new Held(sign, sign * stored, id.ulid().time());
      changed.merge(
          EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")), one, HeldBacklogs::sum);
    }
    return id;
  }

  private static Held sum(Held a, Held b) {
    Instant since = a.since().isBefore(b.since()) ? a.since() : b.since();
    return new Held(a.deliveries() + b.deliveries(), a.bytes() + b.bytes(), since);
  }

  /// Writes what was noted.
  void write(Session session) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(changed.size());
    changed.forEach(
        (endpoint, held) ->
            rows.add(
                new @Nullable Object[] {
                  endpoint.toBytes(), held.deliveries(), held.bytes(), held.since().toEpochMilli()
                }));
    session.bulk(ADD, rows);
    if (hasGone) {
      session.update(FORGET);
    }
  }

  static Map<EndpointId, Held> all(Session session) throws SQLException {
    Map<EndpointId, Held> all = new HashMap<>();
    session.list(
        "SELECT endpoint_id, deliveries, bytes, since FROM held_backlogs WHERE deliveries > 0",
        row ->
            all.put(
                EndpointId.fromBytes(Columns.bytes(row, "endpoint_id")),
                new Held(
                    row.getLong("deliveries"), row.getLong("bytes"), Columns.time(row, "since"))));
    return all;
  }
}
