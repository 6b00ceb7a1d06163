package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Reads events, messages and contacts for operators.
final class SqlEvents implements EventViews {

  private final Database database;
  private final ToLongFunction<String> idHash;

  SqlEvents(Database database, ToLongFunction<String> idHash) {
    this.database = database;
    this.idHash = idHash;
  }

  @Override
  public Page<EventView> list(WorkspaceId workspace, Filter filter, PageRequest page) {
    byte[] before = Pages.before(page.cursor(), c -> EventId.parse(c).toBytes());
    String waId = filter.content().waId();
    return database.view(
        s -> {
          List<String> contact = waId == null ? List.of() : SqlContacts.ids(s, workspace, waId);
          return new EventScan(workspace, filter, idHash, contact).page(s, before, page.limit());
        });
  }

  @Override
  public Optional<EventView> find(EventId id) {
    return database.view(
        s ->
            s.first(
                "SELECT * FROM events WHERE id = ?",
                row -> EventCodec.view(row, StoredItems.read(row, 0, PageRequest.MAX)),
                id.toBytes()));
  }

  @Override
  public Page<EventRow.Item> items(EventId id, PageRequest page) {
    int from = page.cursor() == null ? 0 : Integer.parseUnsignedInt(page.cursor());
    List<EventRow.Item> found =
        database
            .view(
                s ->
                    s.first(
                        "SELECT items FROM events WHERE id = ?",
                        row -> StoredItems.read(row, from, page.limit() + 1),
                        id.toBytes()))
            .orElse(List.of());
    int next = from + page.limit();
    return Pages.of(found, page.limit(), _ -> Integer.toString(next));
  }

  @Override
  public boolean hasItem(EventId id, Predicate<EventRow.Item> wanted) {
    return !matching(id, wanted, 1).isEmpty();
  }

  @Override
  public List<EventRow.Item> repeated(EventId id, int limit) {
    return matching(id, SqlEvents::isRepeat, limit);
  }

  private List<EventRow.Item> matching(EventId id, Predicate<EventRow.Item> wanted, int limit) {
    return database
        .view(
            s ->
                s.first(
                    "SELECT items FROM events WHERE id = ?",
                    row -> StoredItems.matching(row, wanted, limit),
                    id.toBytes()))
        .orElse(List.of());
  }

  private static boolean isRepeat(EventRow.Item item) {
    return item.verdict().equals("duplicate");
  }

  @Override
  public List<EventView> rejectedSince(WorkspaceId workspace, Instant since, int limit) {
    return database.view(
        s ->
            s.list(
                """
                SELECT %s FROM events
                WHERE state > 0 AND state = 2 AND id >= ? AND workspace = ? ORDER BY id LIMIT ?
                """
                    .formatted(EventCodec.BARE),
                row -> EventCodec.view(row, List.of()),
                Ulid.first(since).toBytes(),
                workspace.value(),
                limit));
  }

  @Override
  public void accept(
      EventRow row, List<ProjectionStore.Owed> owed, List<ProjectionStore.Filtered> filtered) {
    database.<@Nullable Void>writeDurably(
        s -> {
          s.bulk(EventCodec.REPLACE, EventCodec.rows(List.of(row)));
          OwedRows.insert(s, owed);
          FilteredRows.insert(s, filtered);
          return null;
        });
  }

  @Override
  public Optional<MessageView> message(WorkspaceId workspace, String wamid) {
    return database.view(s -> MessageRows.find(s, workspace, wamid, idHash.applyAsLong(wamid)));
  }

  @Override
  public Optional<ContactView> contact(WorkspaceId workspace, String id) {
    return database.view(s -> ContactRows.find(s, workspace, id)).map(Contact::view);
  }

  @Override
  public Map<String, Map<String, Long>> counts(WorkspaceId workspace) {
    return database.view(s -> Counters.of(s, workspace));
  }
}
