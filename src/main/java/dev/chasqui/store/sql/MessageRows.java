package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.MessageState;
import dev.chasqui.model.MessageState.Reached;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ledger's table, keyed by the hash of the wamid, in [Generations].
final class MessageRows {

  /// As [#row] reads them, by their place: looking a column up by its name costs a call of the
  /// driver each time.
  private static final String COLUMNS =
      """
      m.direction, m.reached, m.proven_at, m.failed_at, m.phone_number_id, m.type, m.contact,
      m.last_event, m.statuses, m.id, m.workspace
      """;

  private static final Bulk READ =
      Bulk.of(
          """
          WITH v (generation, id, workspace) AS ({rows})
          SELECT %s FROM v JOIN messages m
          ON m.generation = v.generation AND m.id = v.id AND m.workspace = v.workspace
          """
              .formatted(COLUMNS),
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT);

  static final String FIND =
      """
      SELECT %s FROM generations g CROSS JOIN messages m
      WHERE g.of_table = 'messages' AND m.generation = g.generation AND m.id = ?
        AND m.workspace = ?
      """
          .formatted(COLUMNS);

  private static final Bulk PUT =
      Bulk.of(
          """
          WITH v (generation, id, workspace, direction, phone_number_id, type, contact, reached,
            proven_at, failed_at, last_event, statuses) AS ({rows})
          INSERT INTO messages (generation, id, workspace, direction, phone_number_id, type,
            contact, reached, proven_at, failed_at, last_event, statuses)
          SELECT * FROM v WHERE true
          ON CONFLICT (generation, id, workspace) DO UPDATE SET direction = excluded.direction,
            phone_number_id = excluded.phone_number_id, type = excluded.type,
            contact = excluded.contact, reached = excluded.reached,
            proven_at = excluded.proven_at, failed_at = excluded.failed_at,
            last_event = excluded.last_event, statuses = excluded.statuses
          """,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.TEXT);

  private MessageRows() {}

  static void apply(Session session, List<LedgerItem> slice, Generations generations)
      throws SQLException {
    TreeMap<Key, LedgerRow> said = new TreeMap<>(Key.ORDER);
    for (LedgerItem item : slice) {
      if (LedgerRow.wamid(item.notification()) != null) {
        Key key = new Key(item.key().id(), item.workspace().value());
        said.merge(key, LedgerRow.of(item), LedgerRow::plus);
      }
    }
    if (!said.isEmpty()) {
      put(session, said, generations.ofMessages(session));
    }
  }

  /// Merges rows into the newest generation. Rows of former generations are merged when they are
  /// read.
  private static void put(Session session, Map<Key, LedgerRow> said, Generations.Newest newest)
      throws SQLException {
    List<@Nullable Object[]> keys =
        said.keySet().stream()
            .map(k -> new @Nullable Object[] {newest.number(), k.id(), k.workspace()})
            .toList();
    RowLocks.MESSAGES.take(session, said.keySet().stream().mapToLong(Key::id));
    List<Stored> stored = session.bulk(READ, keys, MessageRows::stored);
    stored.forEach(s -> said.merge(s.key(), s.row(), LedgerRow::plus));
    List<@Nullable Object[]> rows = new ArrayList<>();
    said.forEach((key, row) -> rows.add(columns(newest.number(), key, row)));
    session.bulk(PUT, rows);
    List<EventId> events = said.values().stream().map(LedgerRow::lastEvent).toList();
    newest.took(session, said.size() - stored.size(), events);
  }

  static Optional<MessageView> find(Session session, WorkspaceId workspace, String wamid, long hash)
      throws SQLException {
    return session.list(FIND, MessageRows::row, hash, workspace.value()).stream()
        .reduce(LedgerRow::plus)
        .map(
            row ->
                new MessageView(
                    wamid,
                    row.about().phoneNumberId(),
                    row.state().inbound() ? "inbound" : "outbound",
                    row.about().type(),
                    row.state().word(),
                    row.about().contact(),
                    row.statusViews()));
  }

  private static @Nullable Object[] columns(long generation, Key key, LedgerRow row) {
    MessageState state = row.state();
    return new @Nullable Object[] {
      generation,
      key.id(),
      key.workspace(),
      Columns.ofTruth(state.inbound()),
      row.about().phoneNumberId(),
      row.about().type(),
      row.about().contact(),
      code(state.reached()),
      Columns.ofTime(state.provenAt()),
      Columns.ofTime(state.failedAt()),
      row.lastEvent().toBytes(),
      JsonColumns.write(row.statuses().stream().map(LedgerStatus::toRow).toList())
    };
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(new Key(row.getLong(10), row.getString(11)), row(row));
  }

  private static LedgerRow row(ResultSet row) throws SQLException {
    MessageState state =
        new MessageState(row.getInt(1) != 0, reached(row.getInt(2)), time(row, 3), time(row, 4));
    NavigableSet<LedgerStatus> statuses = new TreeSet<>(LedgerStatus.ORDER);
    for (List<@Nullable Object> told : JsonColumns.rows(row.getString(9))) {
      statuses.add(LedgerStatus.ofRow(told));
    }
    return new LedgerRow(
        state,
        new LedgerRow.About(row.getString(5), row.getString(6), row.getString(7)),
        EventId.fromBytes(row.getBytes(8)),
        statuses);
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static int code(Reached reached) {
    return switch (reached) {
      case ACCEPTED -> 0;
      case SENT -> 1;
      case DELIVERED -> 2;
      case READ -> 3;
      case PLAYED -> 4;
    };
  }

  private static Reached reached(int code) {
    return switch (code) {
      case 0 -> Reached.ACCEPTED;
      case 1 -> Reached.SENT;
      case 2 -> Reached.DELIVERED;
      case 3 -> Reached.READ;
      case 4 -> Reached.PLAYED;
      default -> throw new IllegalStateException("unknown step " + code);
    };
  }

  private record Key(long id, String workspace) {
    static final Comparator<Key> ORDER =
        Comparator.comparingLong(Key::id).thenComparing(Key::workspace);
  }

  private record Stored(Key key, LedgerRow row) {}
}
