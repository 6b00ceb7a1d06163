package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.ProjectionStore;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The projection's batches: for a usual event one row in `events` and one in `deliveries`, both at
/// the end of their trees.
final class SqlProjection implements ProjectionStore {

  private static final String CURSOR = "projection";

  private static final Bulk FIND_KEYS =
      Bulk.of(
          """
          WITH v (item_key) AS ({rows})
          SELECT seen.item_key, seen.event_id FROM v JOIN seen ON seen.item_key = v.item_key
          """,
          SqlType.BYTES);

  /// No event stands in the rows twice: of such rows only one would count.
  private static final Bulk ADD_SIGHTINGS =
      Bulk.of(
          """
          WITH v (id, count) AS ({rows})
          UPDATE events SET sightings = sightings + v.count FROM v WHERE events.id = v.id
          """,
          SqlType.BYTES,
          SqlType.NUMBER);

  private final Database database;

  SqlProjection(Database database) {
    this.database = database;
  }

  @Override
  public long cursor(int partition) {
    return database.read(ReadLane.PROJECTION, s -> Cursors.read(s, CURSOR, partition));
  }

  @Override
  public void commit(Batch batch) {
    database.<@Nullable Void>write(
        s -> {
          write(s, batch);
          return null;
        });
  }

  private static void write(Session session, Batch batch) throws SQLException {
    Move to = batch.move();
    boolean moves = Cursors.advance(session, CURSOR, to.partition(), to.cursor());
    session.bulk(EventCodec.INSERT, EventCodec.rows(batch.events()));
    OwedRows.insert(session, batch.owed());
    OwedRows.insertDelivered(session, batch.delivered());
    FilteredRows.insert(session, batch.filtered());
    session.bulk(SqlJobs.INSERT, SqlJobs.rows(batch.failures()));
    if (moves) {
      addSightings(session, batch.sightings());
    }
  }

  private static void addSightings(Session session, List<Sighting> sightings) throws SQLException {
    TreeMap<EventId, Integer> counts = new TreeMap<>();
    sightings.forEach(seen -> counts.merge(seen.event(), seen.count(), Integer::sum));
    List<@Nullable Object[]> rows = new ArrayList<>(counts.size());
    counts.forEach((event, count) -> rows.add(new @Nullable Object[] {event.toBytes(), count}));
    session.bulk(ADD_SIGHTINGS, rows);
  }

  @Override
  public Map<ItemKey, EventId> seen(Collection<ItemKey> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    List<@Nullable Object[]> rows =
        keys.stream().sorted().map(k -> new @Nullable Object[] {k.toBytes()}).toList();
    Map<ItemKey, EventId> seen = new HashMap<>();
    database
        .read(ReadLane.PROJECTION, s -> s.bulk(FIND_KEYS, rows, SqlProjection::first))
        .forEach(entry -> seen.put(entry.getKey(), entry.getValue()));
    return seen;
  }

  private static Map.Entry<ItemKey, EventId> first(ResultSet row) throws SQLException {
    return Map.entry(
        key(Columns.bytes(row, "item_key")), EventId.fromBytes(Columns.bytes(row, "event_id")));
  }

  private static ItemKey key(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ItemKey(buffer.getLong(), buffer.getLong());
  }
}
