package dev.chasqui.store.sql;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Succession;
import dev.chasqui.model.Via;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Ids that lead to a contact which is known by another id, as far as they concern one slice. There
/// are two kinds:
///
/// * ids that a contact had before they changed. If a message comes from such an id after it was
///   given up, it belongs to another person: phone numbers are given out again.
/// * other *spellings*: WhatsApp names the contact differently than the client or the message does
///   (`contacts[].input` against `wa_id`; Brazil's ninth digit, Mexico's 1, Argentina's 9). Both
///   are in use at the same time, so messages from it change nothing. It holds until WhatsApp
///   answers a send by that very spelling.
final class ContactAliases {

  /// So often one person's ids are followed.
  private static final int MOST_CHANGES = 8;

  private static final Bulk READ =
      Bulk.of(
          """
          WITH v (workspace, id) AS ({rows})
          SELECT contact_aliases.* FROM v
          JOIN contact_aliases
            ON contact_aliases.workspace = v.workspace AND contact_aliases.alias = v.id
          """,
          SqlType.TEXT,
          SqlType.TEXT);

  private static final Bulk PUT =
      Bulk.of(
          """
          WITH v (workspace, alias, successor, since, revived_at, spelling) AS ({rows})
          INSERT INTO contact_aliases (workspace, alias, successor, since, revived_at, spelling)
          SELECT * FROM v WHERE true
          ON CONFLICT (workspace, alias) DO UPDATE SET successor = excluded.successor,
            since = excluded.since, revived_at = excluded.revived_at, spelling = excluded.spelling
          """,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private final Map<ContactJoin.Ref, Alias> aliases = new HashMap<>();
  private final Map<ContactJoin.Ref, Alias> stored = new HashMap<>();
  private final Map<ContactJoin.Ref, Alias> changed = new HashMap<>();
  private final Set<ContactJoin.Ref> former = new HashSet<>();

  private ContactAliases() {}

  /// What an id leads to. Its parts can be added in any order.
  ///
  /// @param since when the id was given up, or when it was last told to be another spelling; in
  ///   milliseconds
  /// @param revivedAt when it last turned out to be a contact of its own, null if it never did
  /// @param isSpelling whether it is another spelling, not a former id
  private record Alias(
      ContactJoin.Ref ref,
      String successor,
      long since,
      @Nullable Long revivedAt,
      boolean isSpelling) {

    private static final Comparator<Alias> ORDER =
        Comparator.comparingLong(Alias::since)
            .thenComparing(Alias::isSpelling)
            .thenComparing(Alias::successor);

    static Alias read(ResultSet row) throws SQLException {
      long revived = row.getLong("revived_at");
      Long revivedAt = row.wasNull() ? null : revived;
      return new Alias(
          new ContactJoin.Ref(row.getString("workspace"), row.getString("alias")),
          row.getString("successor"),
          row.getLong("since"),
          revivedAt,
          Columns.truth(row, "spelling"));
    }

    @Nullable Object[] toRow() {
      return new @Nullable Object[] {
        ref.workspace(), ref.id(), successor, since, revivedAt, Columns.ofTruth(isSpelling)
      };
    }

    Alias plus(Alias other) {
      Alias newer = ORDER.compare(this, other) >= 0 ? this : other;
      return newer.revivedAt(revivedAt).revivedAt(other.revivedAt);
    }

    Alias revivedAt(@Nullable Long at) {
      boolean isNews = at != null && (revivedAt == null || revivedAt < at);
      return isNews ? new Alias(ref, successor, since, at, isSpelling) : this;
    }

    boolean holds() {
      return revivedAt == null || revivedAt <= since;
    }

    /// Whether it leads to the same: a spelling is told again with each send.
    boolean says(@Nullable Alias other) {
      return other != null
          && isSpelling
          && other.isSpelling
          && holds()
          && other.holds()
          && successor.equals(other.successor);
    }
  }

  /// Without any changed id this costs one look at an empty table.
  static ContactAliases of(Session session, List<LedgerItem> slice) throws SQLException {
    ContactAliases all = new ContactAliases();
    boolean isTold = slice.stream().anyMatch(ContactAliases::tellsAny);
    if (!isTold && !hasAny(session)) {
      return all;
    }
    Set<ContactJoin.Ref> asked = new HashSet<>();
    for (LedgerItem item : slice) {
      String workspace = item.workspace().value();
      add(asked, workspace, item.notification().user());
      for (Succession succession : item.contactContext().successions()) {
        add(asked, workspace, succession.former());
        add(asked, workspace, succession.current());
      }
    }
    all.load(session, asked);
    all.stored.putAll(all.aliases);
    slice.forEach(all::tell);
    slice.forEach(all::revive);
    return all;
  }

  private static boolean tellsAny(LedgerItem item) {
    return !item.contactContext().successions().isEmpty()
        || item.notification().user().alias() != null;
  }

  /// What is known of one id.
  static ContactAliases of(Session session, ContactJoin.Ref ref) throws SQLException {
    ContactAliases all = new ContactAliases();
    if (hasAny(session)) {
      all.load(session, Set.of(ref));
    }
    return all;
  }

  private static boolean hasAny(Session session) throws SQLException {
    return session.number("SELECT 1 FROM contact_aliases LIMIT 1", 0) == 1;
  }

  private static void add(Set<ContactJoin.Ref> refs, String workspace, Participant who) {
    for (String id : Arrays.asList(who.waId(), who.userId(), who.alias())) {
      if (id != null) {
        refs.add(new ContactJoin.Ref(workspace, id));
      }
    }
  }

  private void load(Session session, Set<ContactJoin.Ref> asked) throws SQLException {
    Set<ContactJoin.Ref> next = asked;
    for (int hop = 0; hop < MOST_CHANGES && !next.isEmpty(); hop++) {
      List<@Nullable Object[]> rows =
          next.stream().sorted(ContactJoin.Ref.ORDER).map(ContactJoin.Ref::toRow).toList();
      next = new HashSet<>();
      for (Alias alias : session.bulk(READ, rows, Alias::read)) {
        aliases.put(alias.ref(), alias);
        next.add(new ContactJoin.Ref(alias.ref().workspace(), alias.successor()));
      }
      next.removeAll(aliases.keySet());
    }
  }

  private void tell(LedgerItem item) {
    tellSpelling(item);
    for (Succession succession : item.contactContext().successions()) {
      Participant now = succession.current();
      String successor = now.id();
      if (successor == null) {
        continue;
      }
      long since = Contact.time(succession.at(), item).toEpochMilli();
      for (String id : Arrays.asList(succession.former().waId(), succession.former().userId())) {
        if (id != null && !id.equals(now.waId()) && !id.equals(now.userId())) {
          ContactJoin.Ref ref = new ContactJoin.Ref(item.workspace().value(), id);
          former.add(ref);
          put(new Alias(ref, successor, since, null, false));
        }
      }
    }
  }

  private void tellSpelling(LedgerItem item) {
    Participant who = item.notification().user();
    String alias = who.alias();
    String id = who.id();
    if (alias != null && id != null) {
      ContactJoin.Ref ref = new ContactJoin.Ref(item.workspace().value(), alias);
      former.add(ref);
      put(new Alias(ref, id, toldAt(item), null, true));
    }
  }

  /// By our own clock: what WhatsApp's answers say is ordered by when they came.
  private static long toldAt(LedgerItem item) {
    return item.event().ulid().time().toEpochMilli();
  }

  private void revive(LedgerItem item) {
    if (item.notification() instanceof Notification.Message message && Contact.isWritten(message)) {
      revive(item, message.from(), Contact.time(message.at(), item).toEpochMilli(), false);
    } else if (item.notification() instanceof Notification.Submitted submitted
        && submitted.sending().via() == Via.WHATSAPP
        && submitted.sending().outcome() instanceof Sending.Outcome.Accepted accepted) {
      revive(item, accepted.recipient(), toldAt(item), true);
    }
  }

  /// @param isSpelling which kind of alias is not one any more
  private void revive(LedgerItem item, Participant who, long at, boolean isSpelling) {
    for (String id : Arrays.asList(who.waId(), who.userId())) {
      Alias alias =
          id == null ? null : aliases.get(new ContactJoin.Ref(item.workspace().value(), id));
      if (alias != null && alias.isSpelling() == isSpelling && at > alias.since()) {
        put(alias.revivedAt(at));
      }
    }
  }

  private void put(Alias alias) {
    Alias sum = aliases.merge(alias.ref(), alias, Alias::plus);
    changed.put(alias.ref(), sum);
  }

  /// Ids that this slice says were given up: what is stored under them moves.
  Set<ContactJoin.Ref> former() {
    return former;
  }

  void write(Session session) throws SQLException {
    List<@Nullable Object[]> rows =
        changed.values().stream()
            .filter(a -> !a.says(stored.get(a.ref())))
            .sorted(Comparator.comparing(Alias::ref, ContactJoin.Ref.ORDER))
            .map(Alias::toRow)
            .toList();
    session.bulk(PUT, rows);
  }

  /// What a contact's ids are by now.
  Contact.Ids current(String workspace, Contact.Ids ids) {
    if (aliases.isEmpty()) {
      return ids;
    }
    Contact.Ids byNumber = after(workspace, ids.waId());
    Contact.Ids byUser = after(workspace, ids.userId());
    return new Contact.Ids(
        byNumber.waId() == null ? byUser.waId() : byNumber.waId(),
        byUser.userId() == null ? byNumber.userId() : byUser.userId());
  }

  /// Follows one id; each change must not be older than the one before it, so that a contact that
  /// goes back to an old number is found there. Spellings are as old as the numbers.
  private Contact.Ids after(String workspace, @Nullable String id) {
    if (id == null) {
      return new Contact.Ids(null, null);
    }
    String at = id;
    long since = Long.MIN_VALUE;
    Set<String> passed = new HashSet<>();
    while (passed.add(at)) {
      Alias alias = aliases.get(new ContactJoin.Ref(workspace, at));
      boolean isNext =
          alias != null && alias.holds() && (alias.isSpelling() || alias.since() >= since);
      if (alias == null || !isNext) {
        break;
      }
      since = alias.isSpelling() ? since : alias.since();
      at = alias.successor();
    }
    return Contact.Ids.of(Objects.requireNonNull(at));
  }
}
