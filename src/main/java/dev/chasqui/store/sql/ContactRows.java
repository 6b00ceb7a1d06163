package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.LedgerStore.Folded;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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
            fallback_active, last_inbound_at) AS ({rows})
          INSERT INTO contacts (workspace, contact_key, wa_id, user_id, name, named_by, reset_by,
            failed_by, fallback_active, last_inbound_at)
          SELECT * FROM v WHERE true
          ON CONFLICT (workspace, contact_key) DO UPDATE SET wa_id = excluded.wa_id,
            user_id = excluded.user_id, name = excluded.name, named_by = excluded.named_by,
            reset_by = excluded.reset_by, failed_by = excluded.failed_by,
            fallback_active = excluded.fallback_active,
            last_inbound_at = excluded.last_inbound_at
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
          SqlType.NUMBER);

  private ContactRows() {}

  static void fold(Session session, List<Folded> slice) throws SQLException {
    ContactJoin join = new ContactJoin();
    for (Folded folded : slice) {
      join.add(folded.workspace().value(), Contact.of(folded));
    }
    List<@Nullable Object[]> ids = join.ids();
    session.bulk(READ, ids, ContactRows::stored).forEach(join::addStored);
    session.bulk(READ_BY_USER_ID, join.userIds(), ContactRows::stored).forEach(join::addStored);
    session.bulk(DELETE, join.obsolete());
    List<@Nullable Object[]> rows = new ArrayList<>();
    join.forEach((ref, contact) -> rows.add(columns(ref, contact)));
    session.bulk(PUT, rows);
  }

  static Optional<Contact> find(Session session, WorkspaceId workspace, String id)
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
    EventId resetBy = contact.failures().resetBy();
    return new @Nullable Object[] {
      ref.workspace(),
      ref.id(),
      contact.waId(),
      contact.userId(),
      named == null ? null : named.name(),
      named == null ? null : named.by().toBytes(),
      resetBy == null ? null : resetBy.toBytes(),
      joined(contact.failures().failedBy()),
      Columns.ofTruth(contact.fallback()),
      Columns.ofTime(contact.inboundAt())
    };
  }

  private static ContactJoin.Stored stored(ResultSet row) throws SQLException {
    return new ContactJoin.Stored(
        new ContactJoin.Ref(row.getString("workspace"), row.getString("contact_key")),
        contact(row));
  }

  private static Contact contact(ResultSet row) throws SQLException {
    String name = row.getString("name");
    byte[] resetBy = row.getBytes("reset_by");
    return new Contact(
        row.getString("wa_id"),
        row.getString("user_id"),
        name == null ? null : new Contact.Named(name, EventId.fromBytes(row.getBytes("named_by"))),
        new Contact.Failures(
            resetBy == null ? null : EventId.fromBytes(resetBy), parted(row.getBytes("failed_by"))),
        Columns.truth(row, "fallback_active"),
        Columns.timeOrNull(row, "last_inbound_at"));
  }

  private static byte @Nullable [] joined(SortedSet<EventId> events) {
    if (events.isEmpty()) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.allocate(events.size() * Ulid.BYTES);
    events.forEach(e -> buffer.put(e.toBytes()));
    return buffer.array();
  }

  private static SortedSet<EventId> parted(byte @Nullable [] joined) {
    SortedSet<EventId> events = new TreeSet<>();
    ByteBuffer buffer = ByteBuffer.wrap(joined == null ? new byte[0] : joined);
    while (buffer.hasRemaining()) {
      byte[] id = new byte[Ulid.BYTES];
      buffer.get(id);
      events.add(EventId.fromBytes(id));
    }
    return events;
  }
}
