package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Spelling;
import dev.chasqui.model.Succession;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The table of contacts. A row's key is the phone number, or the user id while that is all there
/// is; an envelope that names both joins what was known of each.
final class ContactRows {

  private static final Bulk READ =
      Bulk.of(
          """
          WITH v (workspace, id) AS ({rows})
          SELECT contacts.* FROM v
          JOIN contacts ON contacts.workspace = v.workspace AND contacts.contact_key = v.id
          """,
          SqlType.TEXT,
          SqlType.TEXT);

  /// The appended text keeps SQLite from reading all contacts of the workspace by the primary key.
  private static final Bulk READ_BY_USER_ID =
      Bulk.of(
          """
          WITH v (workspace, id) AS ({rows})
          SELECT contacts.* FROM v
          JOIN contacts ON contacts.user_id = v.id AND contacts.workspace || '' = v.workspace
          """,
          SqlType.TEXT,
          SqlType.TEXT);

  private static final Bulk DELETE =
      Bulk.of(
          """
          WITH v (workspace, id) AS ({rows})
          DELETE FROM contacts WHERE (workspace, contact_key) IN (SELECT workspace, id FROM v)
          """,
          SqlType.TEXT,
          SqlType.TEXT);

  private static final Bulk PUT =
      Bulk.of(
          """
          WITH v (workspace, contact_key, wa_id, user_id, name, named_by, reset_by, failed_by,
            fallback_active, last_inbound_at, thresholds, signs, tripped_by, decided_by,
            decided_active) AS ({rows})
          INSERT INTO contacts (workspace, contact_key, wa_id, user_id, name, named_by, reset_by,
            failed_by, fallback_active, last_inbound_at, thresholds, signs, tripped_by, decided_by,
            decided_active)
          SELECT * FROM v WHERE true
          ON CONFLICT (workspace, contact_key) DO UPDATE SET wa_id = excluded.wa_id,
            user_id = excluded.user_id, name = excluded.name, named_by = excluded.named_by,
            reset_by = excluded.reset_by, failed_by = excluded.failed_by,
            fallback_active = excluded.fallback_active,
            last_inbound_at = excluded.last_inbound_at, thresholds = excluded.thresholds,
            signs = excluded.signs, tripped_by = excluded.tripped_by,
            decided_by = excluded.decided_by, decided_active = excluded.decided_active
          """,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.TEXT,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER,
          SqlType.NUMBER,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.BYTES,
          SqlType.NUMBER);

  private ContactRows() {}

  static void apply(Session session, List<LedgerItem> slice) throws SQLException {
    lock(session, slice.stream().map(LedgerItem::workspace).toList());
    ContactAliases aliases = ContactAliases.of(session, slice);
    ContactJoin join = new ContactJoin(aliases);
    for (LedgerItem item : slice) {
      String workspace = item.workspace().value();
      join.add(workspace, Contact.of(item));
      for (Succession succession : item.contactContext().successions()) {
        Participant now = succession.current();
        join.add(workspace, Contact.under(new Contact.Ids(now.waId(), now.userId())));
      }
    }
    put(session, join);
    aliases.write(session);
  }

  /// Adds what an operator or a client says of a contact; its ids must be those of now.
  static void add(Session session, WorkspaceId workspace, Contact part) throws SQLException {
    lock(session, List.of(workspace));
    ContactJoin.Ref ref = new ContactJoin.Ref(workspace.value(), part.key());
    ContactJoin join = new ContactJoin(ContactAliases.of(session, ref));
    join.add(workspace.value(), part);
    put(session, join);
  }

  /// Contacts are read, added to and written: one transaction after the other does so in a
  /// workspace, else what one adds would be lost to the other.
  private static void lock(Session session, Collection<WorkspaceId> workspaces)
      throws SQLException {
    if (session.dialect().hasOneWriter()) {
      return;
    }
    TreeSet<String> names = new TreeSet<>();
    workspaces.forEach(w -> names.add(w.value()));
    for (String name : names) {
      session.list(
          "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(?, 0))",
          row -> row.getInt(1),
          "contacts of " + name);
    }
  }

  private static void put(Session session, ContactJoin join) throws SQLException {
    session.bulk(READ, join.ids(), ContactRows::stored).forEach(join::addStored);
    session.bulk(READ_BY_USER_ID, join.userIds(), ContactRows::stored).forEach(join::addStored);
    session.bulk(DELETE, join.obsolete());
    List<@Nullable Object[]> rows = new ArrayList<>();
    List<@Nullable Object[]> switches = new ArrayList<>(0);
    List<ProfileRows.Move> moves = new ArrayList<>(0);
    join.forEach(
        (ref, entry) -> {
          rows.add(columns(ref, entry.contact()));
          if (entry.hasSwitched()) {
            switches.add(SqlFallbackSwitches.row(ref, entry.contact().reach()));
          }
          for (ContactJoin.Ref row : entry.rows()) {
            if (!row.equals(ref)) {
              moves.add(new ProfileRows.Move(row, ref));
            }
          }
        });
    session.bulk(PUT, rows);
    SqlFallbackSwitches.insert(session, switches);
    ProfileRows.move(session, moves);
  }

  static Optional<Contact> find(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    Optional<Contact> found = findAsItIs(session, workspace, id);
    if (found.isPresent()) {
      return found;
    }
    Optional<String> other = lead(session, workspace, id);
    return other.isEmpty() ? found : findAsItIs(session, workspace, other.get());
  }

  /// What an unknown id leads to: what came after it, or the other spelling of a phone number, as
  /// long as WhatsApp has not said under which one it knows the contact. Empty if to nothing.
  static Optional<String> lead(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    return current(session, workspace, id).or(() -> Spelling.other(id));
  }

  /// What came after an id, empty if nothing did.
  private static Optional<String> current(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    ContactAliases aliases = ContactAliases.of(session, new ContactJoin.Ref(workspace.value(), id));
    Contact.Ids ids = aliases.current(workspace.value(), Contact.Ids.of(id));
    String current = ids.key();
    return current.equals(id) ? Optional.empty() : Optional.of(current);
  }

  private static Optional<Contact> findAsItIs(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    Optional<Contact> byKey =
        session.first(
            "SELECT * FROM contacts WHERE workspace = ? AND contact_key = ?",
            ContactRows::contact,
            workspace.value(),
            id);
    return byKey.isPresent()
        ? byKey
        : session.first(
            "SELECT * FROM contacts WHERE workspace || '' = ? AND user_id = ?",
            ContactRows::contact,
            workspace.value(),
            id);
  }

  private static @Nullable Object[] columns(ContactJoin.Ref ref, Contact contact) {
    Contact.Named named = contact.named();
    Reach reach = contact.reach();
    Reach.Decision decided = reach.decided();
    return new @Nullable Object[] {
      ref.workspace(),
      ref.id(),
      contact.waId(),
      contact.userId(),
      named == null ? null : named.name(),
      named == null ? null : named.by().toBytes(),
      Marks.bytes(reach.reset()),
      Marks.ofFailures(reach.failures()),
      Columns.ofTruth(contact.isOnFallback()),
      Columns.ofTime(contact.inboundAt()),
      Marks.thresholds(reach.failures()),
      Marks.ofSigns(reach.signs()),
      Marks.bytes(reach.settled()),
      decided == null ? null : Marks.bytes(decided.mark()),
      Columns.ofTruth(decided != null && decided.active())
    };
  }

  private static ContactJoin.Stored stored(ResultSet row) throws SQLException {
    return new ContactJoin.Stored(
        new ContactJoin.Ref(row.getString("workspace"), row.getString("contact_key")),
        contact(row));
  }

  private static Contact contact(ResultSet row) throws SQLException {
    String name = row.getString("name");
    return new Contact(
        row.getString("wa_id"),
        row.getString("user_id"),
        name == null ? null : new Contact.Named(name, EventId.fromBytes(row.getBytes("named_by"))),
        Marks.reach(row),
        Columns.timeOrNull(row, "last_inbound_at"));
  }
}
