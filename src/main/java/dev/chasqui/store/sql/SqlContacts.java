package dev.chasqui.store.sql;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.EventViews.ContactView;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// Reads and writes contacts for clients and operators.
final class SqlContacts implements ContactStore {

  /// So many ids of one contact are told.
  private static final int MOST_IDS = 32;

  private static final String BY_KEY =
      "SELECT wa_id, fallback_active FROM contacts WHERE workspace = ? AND contact_key = ?";

  private static final String BY_USER_ID =
      "SELECT wa_id, fallback_active FROM contacts WHERE workspace || '' = ? AND user_id = ?";

  private final Database database;

  SqlContacts(Database database) {
    this.database = database;
  }

  @Override
  public Optional<ContactView> find(WorkspaceId workspace, String id) {
    return database.read(s -> ContactRows.find(s, workspace, id)).map(Contact::view);
  }

  @Override
  public Optional<String> fallbackNumber(WorkspaceId workspace, String id) {
    return database.read(
        s -> {
          List<Lead> leads = leads(s, workspace, id);
          if (leads.isEmpty()) {
            Optional<String> other = ContactRows.lead(s, workspace, id);
            leads = other.isEmpty() ? leads : leads(s, workspace, other.get());
          }
          return leads.stream().findFirst().flatMap(Lead::number);
        });
  }

  /// Where a contact is reached.
  private record Lead(Optional<String> number) {}

  private static List<Lead> leads(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    String sql = Contact.Ids.of(id).waId() == null ? BY_USER_ID : BY_KEY;
    return session.list(
        sql,
        row ->
            new Lead(
                Columns.truth(row, "fallback_active")
                    ? Optional.ofNullable(row.getString("wa_id"))
                    : Optional.empty()),
        workspace.value(),
        id);
  }

  @Override
  public Optional<ContactView> setFallback(
      WorkspaceId workspace, String id, boolean active, Instant now) {
    Reach decision = active ? Reach.overToFallback(now) : Reach.backToWhatsApp(now);
    return database.writeDurably(
        s -> {
          Optional<Contact> known = knownOrNew(s, workspace, id);
          if (known.isEmpty()) {
            return Optional.empty();
          }
          ContactRows.add(s, workspace, Contact.under(known.get().ids()).decided(decision));
          return ContactRows.find(s, workspace, id).map(Contact::view);
        });
  }

  private static Optional<Contact> knownOrNew(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    Optional<Contact> known = ContactRows.find(session, workspace, id);
    Contact.Ids ids = Contact.Ids.of(id);
    return known.isPresent() || ids.waId() == null ? known : Optional.of(Contact.under(ids));
  }

  @Override
  public List<String> ids(WorkspaceId workspace, String id) {
    return database.read(s -> ids(s, workspace, id));
  }

  /// All ids of a contact, first the one that is given.
  static List<String> ids(Session session, WorkspaceId workspace, String id) throws SQLException {
    SequencedSet<String> ids = new LinkedHashSet<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(id);
    Optional<Contact> known = ContactRows.find(session, workspace, id);
    if (known.isPresent()) {
      Arrays.asList(known.get().waId(), known.get().userId()).stream()
          .filter(it -> it != null)
          .forEach(next::add);
    }
    while (!next.isEmpty() && ids.size() < MOST_IDS) {
      String one = next.remove();
      if (ids.add(one)) {
        next.addAll(former(session, workspace, one));
      }
    }
    return List.copyOf(ids);
  }

  private static List<String> former(Session session, WorkspaceId workspace, String id)
      throws SQLException {
    return session.list(
        """
        SELECT alias FROM contact_aliases WHERE workspace = ? AND successor = ?
        AND (revived_at IS NULL OR revived_at <= since) ORDER BY alias LIMIT 32
        """,
        row -> Columns.text(row, "alias"),
        workspace.value(),
        id);
  }

  @Override
  public Optional<Profile> profile(WorkspaceId workspace, String id) {
    return database.read(
        s -> {
          Optional<Contact> known = ContactRows.find(s, workspace, id);
          return known.isEmpty()
              ? Optional.empty()
              : ProfileRows.find(s, new ContactJoin.Ref(workspace.value(), known.get().key()));
        });
  }

  @Override
  public Optional<Profile> changeProfile(
      WorkspaceId workspace, String id, ProfileChange change, Instant now) {
    return database.writeDurably(
        s -> {
          Optional<Contact> known = knownOrNew(s, workspace, id);
          if (known.isEmpty()) {
            return Optional.empty();
          }
          ContactRows.add(s, workspace, Contact.under(known.get().ids()));
          ContactJoin.Ref ref = new ContactJoin.Ref(workspace.value(), known.get().key());
          Optional<Profile> former = ProfileRows.find(s, ref);
          Profile changed =
              new Profile(
                  change.apply(former.map(Profile::fields).orElse("{}")),
                  former.map(Profile::generation).orElse(0L) + 1,
                  now.truncatedTo(ChronoUnit.MILLIS));
          ProfileRows.put(s, ref, changed);
          return Optional.of(changed);
        });
  }
}
