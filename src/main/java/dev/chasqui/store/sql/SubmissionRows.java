package dev.chasqui.store.sql;

import dev.chasqui.json.SendingJson;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The ledger of submissions. Most need no row: what was accepted and has no `Idempotency-Key` is
/// found in the ledger by its message, and the statuses that name such a submission tell nothing
/// new.
final class SubmissionRows {

  private static final Bulk READ =
      Bulk.of(
          """
          WITH v (id, workspace) AS ({rows})
          SELECT submissions.* FROM v
          JOIN submissions ON submissions.id = v.id AND submissions.workspace = v.workspace
          """,
          SqlType.BYTES,
          SqlType.TEXT);

  /// Finds submitted messages that the ledger has the type of; only their submission tells the
  /// type. That cannot be in a generation older than the submission, so older ones are skipped; it
  /// mostly is in the newest, so that is read first.
  static final Bulk SENT =
      Bulk.of(
          """
          WITH v (id, workspace, submission) AS ({rows})
          SELECT v.id, v.workspace FROM v
          WHERE (SELECT m.type FROM generations g CROSS JOIN messages m
            WHERE g.of_table = 'messages' AND g.newest_event >= v.submission
              AND m.generation = g.generation AND m.id = v.id AND m.workspace = v.workspace
              AND m.type IS NOT NULL
            ORDER BY g.generation DESC LIMIT 1) IS NOT NULL
          """,
          SqlType.NUMBER,
          SqlType.TEXT,
          SqlType.BYTES);

  private static final Bulk PUT =
      Bulk.of(
          """
          WITH v (id, workspace, phone_number_id, state, idempotency_key, sending, message_id,
            told_by) AS ({rows})
          INSERT INTO submissions (id, workspace, phone_number_id, state, idempotency_key, sending,
            message_id, told_by)
          SELECT * FROM v WHERE true
          ON CONFLICT (id, workspace) DO UPDATE SET phone_number_id = excluded.phone_number_id,
            state = excluded.state, idempotency_key = excluded.idempotency_key,
            sending = excluded.sending, message_id = excluded.message_id,
            told_by = excluded.told_by
          """,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BYTES);

  private SubmissionRows() {}

  static void apply(Session session, List<LedgerItem> slice) throws SQLException {
    TreeMap<Key, SubmissionRow> said = new TreeMap<>(Key.ORDER);
    List<Told> told = new ArrayList<>();
    for (LedgerItem item : slice) {
      switch (item.notification()) {
        case Notification.Submitted submitted -> submitted(said, item, submitted);
        case Notification.Status status -> status(told, item, status);
        case Notification.Message _,
            Notification.Echo _,
            Notification.Call _,
            Notification.Problem _,
            Notification.Change _ -> {}
      }
    }
    addTold(session, said, told);
    RowLocks.SUBMISSIONS.take(
        session, said.keySet().stream().mapToLong(k -> k.submission().ulid().low()));
    session
        .bulk(READ, keys(said.keySet()), SubmissionRows::stored)
        .forEach(s -> said.merge(s.key(), s.row(), SubmissionRow::plus));
    List<@Nullable Object[]> rows = new ArrayList<>();
    said.forEach((key, row) -> rows.add(columns(key, row)));
    session.bulk(PUT, rows);
  }

  private static void submitted(
      Map<Key, SubmissionRow> said, LedgerItem item, Notification.Submitted submitted) {
    Sending sending = submitted.sending();
    boolean isToBeKept =
        sending.idempotency() != null || sending.outcome() instanceof Outcome.Unknown;
    if (isToBeKept) {
      said.merge(
          new Key(sending.submission(), item.workspace().value()),
          SubmissionRow.of(submitted.origin().phoneNumberId(), sending),
          SubmissionRow::plus);
    }
  }

  private static void status(List<Told> told, LedgerItem item, Notification.Status status) {
    EventId submission = status.report().submission();
    String wamid = status.wamid();
    if (submission != null && wamid != null) {
      told.add(
          new Told(
              new Key(submission, item.workspace().value()),
              item.key().id(),
              SubmissionRow.told(status.origin().phoneNumberId(), wamid, item.event())));
    }
  }

  /// Adds what statuses tell of submissions that are not known to be accepted.
  private static void addTold(Session session, Map<Key, SubmissionRow> said, List<Told> told)
      throws SQLException {
    if (told.isEmpty()) {
      return;
    }
    List<@Nullable Object[]> messages = told.stream().map(Told::asked).toList();
    Set<Message> sent = new HashSet<>(session.bulk(SENT, messages, Message::read));
    for (Told one : told) {
      if (!sent.contains(new Message(one.message(), one.key().workspace()))) {
        said.merge(one.key(), one.row(), SubmissionRow::plus);
      }
    }
  }

  private static List<@Nullable Object[]> keys(Set<Key> keys) {
    return keys.stream()
        .map(k -> new @Nullable Object[] {k.submission().toBytes(), k.workspace()})
        .toList();
  }

  private static @Nullable Object[] columns(Key key, SubmissionRow row) {
    Sending sending = row.sending();
    Sending.Idempotency idempotency = sending == null ? null : sending.idempotency();
    EventId toldBy = row.toldBy();
    return new @Nullable Object[] {
      key.submission().toBytes(),
      key.workspace(),
      row.phoneNumberId(),
      row.state().code(),
      idempotency == null ? null : HexFormat.of().parseHex(idempotency.key()),
      sending == null ? null : SendingJson.write(sending).toUtf8(),
      row.messageId(),
      toldBy == null ? null : toldBy.toBytes()
    };
  }

  private static Stored stored(ResultSet row) throws SQLException {
    Key key = new Key(EventId.fromBytes(Columns.bytes(row, "id")), Columns.text(row, "workspace"));
    return new Stored(key, row(row));
  }

  static SubmissionRow row(ResultSet row) throws SQLException {
    String sending = row.getString("sending");
    byte[] toldBy = row.getBytes("told_by");
    return new SubmissionRow(
        row.getString("phone_number_id"),
        sending == null ? null : SendingJson.read(Bytes.utf8(sending)),
        row.getString("message_id"),
        toldBy == null ? null : EventId.fromBytes(toldBy));
  }

  private record Key(EventId submission, String workspace) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::submission).thenComparing(Key::workspace);
  }

  private record Told(Key key, long message, SubmissionRow row) {
    @Nullable Object[] asked() {
      return new @Nullable Object[] {message, key.workspace(), key.submission().toBytes()};
    }
  }

  private record Message(long hash, String workspace) {
    static Message read(ResultSet row) throws SQLException {
      return new Message(row.getLong("id"), Columns.text(row, "workspace"));
    }
  }

  private record Stored(Key key, SubmissionRow row) {}
}
