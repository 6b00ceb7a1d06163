package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which events name whom, by the hash of the name, in [Generations]. What is applied again may
/// stand in two of them.
final class MentionRows {

  private static final Bulk KEEP =
      Bulk.of(
          """
          WITH v (generation, hash, event_id) AS ({rows})
          INSERT INTO mentions (generation, hash, event_id) SELECT * FROM v WHERE true
          ON CONFLICT (generation, hash, event_id) DO NOTHING
          """,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.BYTES);

  /// The events from one id up to, but without, another that name a hash: the first id twice, the
  /// hash, the other id. A generation without an event from the first id on is not looked into.
  static final String EVENTS =
      """
      SELECT m.event_id FROM generations g CROSS JOIN mentions m
      WHERE g.of_table = 'mentions' AND g.newest_event >= ? AND m.generation = g.generation
        AND m.event_id >= ? AND m.hash = ? AND m.event_id < ?
      """;

  /// Both orders are those of the indexes, so no more rows are read than are passed over.
  static final String NTH = EVENTS + "ORDER BY g.generation DESC, m.event_id DESC LIMIT 1 OFFSET ?";

  private MentionRows() {}

  static void apply(Session session, List<LedgerItem> slice, LedgerSlice.Keyed keyed)
      throws SQLException {
    TreeMap<Long, NavigableSet<EventId>> mentions = new TreeMap<>();
    for (LedgerItem item : slice) {
      EventId event = item.event();
      if (!item.fresh()) {
        // The key leads to the first event only; a repeat is found by the same hash.
        add(mentions, item.key().id(), event);
      }
      names(item.notification())
          .forEach(name -> add(mentions, keyed.hash().applyAsLong(name), event));
    }
    if (!mentions.isEmpty()) {
      put(session, mentions, keyed.generations().ofMentions(session));
    }
  }

  private static void put(
      Session session, Map<Long, NavigableSet<EventId>> mentions, Generations.Newest newest)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    mentions.forEach(
        (name, events) ->
            events.forEach(
                e -> rows.add(new @Nullable Object[] {newest.number(), name, e.toBytes()})));
    int added = session.bulk(KEEP, rows);
    newest.took(session, added, mentions.values().stream().flatMap(NavigableSet::stream).toList());
  }

  private static void add(Map<Long, NavigableSet<EventId>> mentions, long hash, EventId event) {
    mentions.computeIfAbsent(hash, _ -> new TreeSet<>()).add(event);
  }

  private static List<String> names(Notification notification) {
    Participant who = notification.user();
    String member =
        notification instanceof Notification.Status status ? status.participant() : null;
    List<String> names = new ArrayList<>();
    for (String name : Arrays.asList(who.waId(), who.userId(), who.alias(), member)) {
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  /// About how far back the newest so many of the events go that name a hash.
  ///
  /// @param from looked at from this id on
  /// @param before looked at up to, but without, this id
  /// @return an event's id, empty if there are fewer
  static Optional<byte[]> reach(Session session, long hash, byte[] from, byte[] before, int count)
      throws SQLException {
    return session.first(NTH, row -> row.getBytes(1), from, from, hash, before, count - 1);
  }
}
