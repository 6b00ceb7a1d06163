package dev.chasqui.store.sql;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.store.LedgerStore.Folded;
import dev.chasqui.store.LedgerStore.Part;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// One slice of the fold in one transaction. Rows go in sorted by their keys, so that neighbours
/// share a page, and nodes that fold at the same time wait for each other in one order.
final class Folding {

  private static final Bulk KEEP_KEYS =
      Bulk.of(
          """
          WITH v (item_key, event_id) AS ({rows})
          INSERT INTO seen (item_key, event_id) SELECT * FROM v WHERE true
          ON CONFLICT (item_key) DO NOTHING
          """,
          SqlType.BYTES,
          SqlType.BYTES);

  private static final Bulk KEEP_MENTIONS =
      Bulk.of(
          """
          WITH v (hash, event_id) AS ({rows})
          INSERT INTO mentions (hash, event_id) SELECT * FROM v WHERE true
          ON CONFLICT (hash, event_id) DO NOTHING
          """,
          SqlType.NUMBER,
          SqlType.BYTES);

  private Folding() {}

  static void fold(Session session, Part part, List<Folded> slice, ToLongFunction<String> hash)
      throws SQLException {
    switch (part) {
      case KEYS -> session.bulk(KEEP_KEYS, keys(slice));
      case MENTIONS -> session.bulk(KEEP_MENTIONS, mentions(slice, hash));
      case MESSAGES -> MessageRows.fold(session, slice);
      case CONTACTS -> ContactRows.fold(session, slice);
      case SUBMISSIONS -> SubmissionRows.fold(session, slice);
    }
  }

  private static List<@Nullable Object[]> keys(List<Folded> slice) {
    TreeMap<byte[], byte[]> first = new TreeMap<>(Compare.UNSIGNED);
    slice.forEach(f -> first.merge(f.key().toBytes(), f.event().toBytes(), Compare::smaller));
    List<@Nullable Object[]> rows = new ArrayList<>(first.size());
    first.forEach((key, event) -> rows.add(new @Nullable Object[] {key, event}));
    return rows;
  }

  private static List<@Nullable Object[]> mentions(
      List<Folded> slice, ToLongFunction<String> hash) {
    TreeMap<Long, Set<byte[]>> mentions = new TreeMap<>();
    for (Folded folded : slice) {
      byte[] event = folded.event().toBytes();
      if (!folded.fresh()) {
        // The key leads to the first event only; a repeat is found by the same hash.
        add(mentions, folded.key().id(), event);
      }
      names(folded.notification()).forEach(n -> add(mentions, hash.applyAsLong(n), event));
    }
    List<@Nullable Object[]> rows = new ArrayList<>();
    mentions.forEach(
        (name, events) -> events.forEach(e -> rows.add(new @Nullable Object[] {name, e})));
    return rows;
  }

  private static void add(Map<Long, Set<byte[]>> mentions, long hash, byte[] event) {
    mentions.computeIfAbsent(hash, _ -> new TreeSet<>(Compare.UNSIGNED)).add(event);
  }

  private static List<String> names(Notification notification) {
    Participant who = participant(notification);
    String member =
        notification instanceof Notification.Status status ? status.participant() : null;
    List<String> names = new ArrayList<>();
    for (String name : Arrays.asList(who.waId(), who.userId(), member)) {
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /// The user a notification is about.
  static Participant participant(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> message.from();
      case Notification.Status status -> status.recipient();
      case Notification.Echo echo -> echo.to();
      case Notification.Submitted submitted -> submitted.sending().recipient();
      case Notification.Call call -> call.with();
      case Notification.Problem _, Notification.Change _ -> Participant.NONE;
    };
  }
}
