package dev.chasqui.store.sql;

import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Succession;
import dev.chasqui.store.LedgerStore.Folded;
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

/// Ids that contacts had before they changed, and what came after them, as far as it concerns one
/// slice. An id that somebody writes from later than it was given up is somebody else's: phone
/// numbers are given out again.
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
          WITH v (workspace, alias, successor, since, revived_at) AS ({rows})
          INSERT INTO contact_aliases (workspace, alias, successor, since, revived_at)
          SELECT * FROM v WHERE true
          ON CONFLICT (workspace, alias) DO UPDATE SET successor = excluded.successor,
            since = excluded.since, revived_at = excluded.revived_at
          """,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.NUMBER,
          SqlType.NUMBER);

  private final Map<ContactJoin.Ref, Alias> aliases = new HashMap<>();
  private final Map<ContactJoin.Ref, Alias> changed = new HashMap<>();
  private final Set<ContactJoin.Ref> former = new HashSet<>();

  private ContactAliases() {}

  /// What came after an id. Its parts can be added in any order.
  ///
  /// @param since when the id was given up, in milliseconds
  /// @param revivedAt when somebody last wrote from it afterwards, null if nobody did
  private record Alias(
      ContactJoin.Ref ref, String successor, long since, @Nullable Long revivedAt) {

    private static final Comparator<Alias> ORDER =
        Comparator.comparingLong(Alias::since).thenComparing(Alias::successor);

    static Alias read(ResultSet row) throws SQLException {
      long revived = row.getLong("revived_at");
      return new Alias(
          new ContactJoin.Ref(row.getString("workspace"), row.getString("alias")),
          row.getString("successor"),
          row.getLong("since"),
          row.wasNull() ? null : revived);
    }

    Alias plus(Alias other) {
      Alias newer = ORDER.compare(this, other) >= 0 ? this : other;
      return newer.revivedAt(revivedAt).revivedAt(other.revivedAt);
    }

    Alias revivedAt(@Nullable Long at) {
      boolean isNews = at != null && (revivedAt == null || revivedAt < at);
      return isNews ? new Alias(ref, successor, since, at) : this;
    }

    boolean holds() {
      return revivedAt == null || revivedAt <= since;
    }
  }

  /// Without any changed id this costs one look at an empty table.
  static ContactAliases of(Session session, List<Folded> slice) throws SQLException {
    ContactAliases all = new ContactAliases();
    boolean isTold = slice.stream().anyMatch(f -> !f.aside().successions().isEmpty());
    if (!isTold && !hasAny(session)) {
      return all;
    }
    Set<ContactJoin.Ref> asked = new HashSet<>();
    for (Folded folded : slice) {
      String workspace = folded.workspace().value();
      add(asked, workspace, Folding.participant(folded.notification()));
      for (Succession succession : folded.aside().successions()) {
        add(asked, workspace, succession.former());
        add(asked, workspace, succession.current());
      }
    }
    all.load(session, asked);
    slice.forEach(all::tell);
    slice.forEach(all::revive);
    return all;
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
    for (String id : Arrays.asList(who.waId(), who.userId())) {
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

  private void tell(Folded folded) {
    for (Succession succession : folded.aside().successions()) {
      Participant now = succession.current();
      String successor = now.waId() == null ? now.userId() : now.waId();
      if (successor == null) {
        continue;
      }
      long since = Contact.time(succession.at(), folded).toEpochMilli();
      for (String id : Arrays.asList(succession.former().waId(), succession.former().userId())) {
        if (id != null && !id.equals(now.waId()) && !id.equals(now.userId())) {
          ContactJoin.Ref ref = new ContactJoin.Ref(folded.workspace().value(), id);
          former.add(ref);
          put(new Alias(ref, successor, since, null));
        }
      }
    }
  }

  private void revive(Folded folded) {
    if (!(folded.notification() instanceof Notification.Message message)
        || !Contact.isWritten(message)) {
      return;
    }
    long at = Contact.time(message.at(), folded).toEpochMilli();
    for (String id : Arrays.asList(message.from().waId(), message.from().userId())) {
      Alias alias =
          id == null ? null : aliases.get(new ContactJoin.Ref(folded.workspace().value(), id));
      if (alias != null && at > alias.since()) {
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
            .sorted(Comparator.comparing(Alias::ref, ContactJoin.Ref.ORDER))
            .map(
                a ->
                    new @Nullable Object[] {
                      a.ref().workspace(), a.ref().id(), a.successor(), a.since(), a.revivedAt()
                    })
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

  /// Follows one id; each change must not be older than the one before it, so that whoever goes
  /// back to an old number is found there.
  private Contact.Ids after(String workspace, @Nullable String id) {
    if (id == null) {
      return new Contact.Ids(null, null);
    }
    String at = id;
    long since = Long.MIN_VALUE;
    Set<String> passed = new HashSet<>();
    while (passed.add(at)) {
      Alias alias = aliases.get(new ContactJoin.Ref(workspace, at));
      if (alias == null || !alias.holds() || alias.since() < since) {
        break;
      }
      since = alias.since();
      at = alias.successor();
    }
    return Contact.Ids.of(Objects.requireNonNull(at));
  }
}
