package dev.chasqui.store.sql;

import dev.chasqui.model.ItemKey;
import dev.chasqui.store.ProjectionStore;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The projection's batches: for a usual event one row in `events` and one in `deliveries`, both at
/// the end of their trees.
final class SqlProjection implements ProjectionStore {

  private static final String CURSOR = "projection";

  private static final Bulk FIND_KEYS =
      Bulk.of(
          """
          WITH v (item_key) AS ({rows})
          SELECT seen.item_key FROM v JOIN seen ON seen.item_key = v.item_key
          """,
          SqlType.BYTES);

  private final Database database;

  SqlProjection(Database database) {
    this.database = database;
  }

  @Override
  public long cursor(int partition) {
    return database.read(s -> Cursors.read(s, CURSOR, partition));
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
    boolean moves = Cursors.advance(session, CURSOR, batch.partition(), batch.cursor());
    session.bulk(EventCodec.INSERT, EventCodec.rows(batch.events()));
    OwedRows.insert(session, batch.owed());
    FilteredRows.insert(session, batch.filtered());
    session.bulk(SqlJobs.INSERT, SqlJobs.rows(batch.failures()));
    if (moves) {
      addSightings(session, batch.sightings());
    }
  }

  private static void addSightings(Session session, List<Sighting> sightings) throws SQLException {
    for (Sighting sighting : sightings) {
      session.update(
          "UPDATE events SET sightings = sightings + ? WHERE id = ?",
          sighting.count(),
          sighting.event().toBytes());
    }
  }

  @Override
  public Set<ItemKey> seen(Collection<ItemKey> keys) {
    if (keys.isEmpty()) {
      return Set.of();
    }
    List<@Nullable Object[]> rows =
        keys.stream().sorted().map(k -> new @Nullable Object[] {k.toBytes()}).toList();
    return new HashSet<>(
        database.read(s -> s.bulk(FIND_KEYS, rows, row -> key(Columns.bytes(row, "item_key")))));
  }

  private static ItemKey key(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ItemKey(buffer.getLong(), buffer.getLong());
  }
}
