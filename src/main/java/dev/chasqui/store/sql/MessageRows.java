package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.MessageState;
import dev.chasqui.model.MessageState.Reached;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventViews.MessageView;
import dev.chasqui.store.LedgerStore.Folded;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The ledger's table, keyed by the hash of the wamid.
final class MessageRows {

  private static final Bulk READ =
      Bulk.of(
          """
          WITH v (id, workspace) AS ({rows})
          SELECT messages.* FROM v
          JOIN messages ON messages.id = v.id AND messages.workspace = v.workspace
          """,
          SqlType.NUMBER,
          SqlType.TEXT);

  private static final Bulk PUT =
      Bulk.of(
          """
          WITH v (id, workspace, direction, phone_number_id, type, contact, reached, proven_at,
            failed_at, last_event, statuses) AS ({rows})
          INSERT INTO messages (id, workspace, direction, phone_number_id, type, contact, reached,
            proven_at, failed_at, last_event, statuses)
          SELECT * FROM v WHERE true
          ON CONFLICT (id, workspace) DO UPDATE SET direction = excluded.direction,
            phone_number_id = excluded.phone_number_id, type = excluded.type,
            contact = excluded.contact, reached = excluded.reached,
            proven_at = excluded.proven_at, failed_at = excluded.failed_at,
            last_event = excluded.last_event, statuses = excluded.statuses
          """,
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

  static void fold(Session session, List<Folded> slice) throws SQLException {
    TreeMap<Key, LedgerRow> said = new TreeMap<>(Key.ORDER);
    for (Folded folded : slice) {
      if (LedgerRow.wamid(folded.notification()) != null) {
        Key key = new Key(folded.key().id(), folded.workspace().value());
        said.merge(key, LedgerRow.of(folded), LedgerRow::plus);
      }
    }
    List<@Nullable Object[]> keys =
        said.keySet().stream().map(k -> new @Nullable Object[] {k.id(), k.workspace()}).toList();
    session
        .bulk(READ, keys, MessageRows::stored)
        .forEach(s -> said.merge(s.key(), s.row(), LedgerRow::plus));
    List<@Nullable Object[]> rows = new ArrayList<>();
    said.forEach((key, row) -> rows.add(columns(key, row)));
    session.bulk(PUT, rows);
  }

  static Optional<MessageView> find(Session session, WorkspaceId workspace, String wamid, long hash)
      throws SQLException {
    return session
        .first(
            "SELECT * FROM messages WHERE id = ? AND workspace = ?",
            MessageRows::row,
            hash,
            workspace.value())
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

  private static @Nullable Object[] columns(Key key, LedgerRow row) {
    MessageState state = row.state();
    return new @Nullable Object[] {
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
      Json.write(row.statuses().stream().map(LedgerStatus::toRow).toList())
    };
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(new Key(row.getLong("id"), row.getString("workspace")), row(row));
  }

  private static LedgerRow row(ResultSet row) throws SQLException {
    MessageState state =
        new MessageState(
            Columns.truth(row, "direction"),
            reached(row.getInt("reached")),
            Columns.timeOrNull(row, "proven_at"),
            Columns.timeOrNull(row, "failed_at"));
    NavigableSet<LedgerStatus> statuses = new TreeSet<>(LedgerStatus.ORDER);
    for (List<@Nullable Object> told : Json.rows(row.getString("statuses"))) {
      statuses.add(LedgerStatus.ofRow(told));
    }
    return new LedgerRow(
        state,
        new LedgerRow.About(
            row.getString("phone_number_id"), row.getString("type"), row.getString("contact")),
        EventId.fromBytes(row.getBytes("last_event")),
        statuses);
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
