package dev.chasqui.store.sql;

import dev.chasqui.model.EventId;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.ContentFilter;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.EventViews.Filter;
import dev.chasqui.store.EventViews.OriginFilter;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Finds events by a filter, newest first. A page looks through a bounded run of rows and may come
/// back with fewer than asked for and the cursor to go on from. Filters on a wamid or contact go
/// through the ledger's indexes, and through the newest rows, which may not be in the ledger yet.
final class EventScan {

  /// Rows that one page looks at.
  static final int WINDOW = 20_000;

  /// The newest rows, which are searched for what is not in the ledger yet.
  static final int NEWEST = 5_000;

  /// Mentions that one page looks at, about.
  static final int MENTIONS = 20_000;

  private static final String MENTIONED =
      MentionRows.EVENTS
          + "UNION SELECT event_id FROM seen WHERE item_key >= ? AND item_key <= ?\nUNION ";

  private static final String RECENT =
      "SELECT id FROM (SELECT id FROM events ORDER BY id DESC LIMIT %d) n".formatted(NEWEST);

  private final WorkspaceId workspace;
  private final Filter filter;
  private final ToLongFunction<String> idHash;
  private final List<String> contact;
  private final byte[] lowest;

  /// @param contact all ids of the contact that the filter names, empty if it names none
  EventScan(
      WorkspaceId workspace, Filter filter, ToLongFunction<String> idHash, List<String> contact) {
    this.workspace = workspace;
    this.filter = filter;
    this.idHash = idHash;
    this.contact = contact;
    this.lowest =
        filter.since() == null ? new byte[Ulid.BYTES] : Ulid.first(filter.since()).toBytes();
  }

  Page<EventView> page(Session session, byte[] before, int limit) throws SQLException {
    Instant until = filter.until();
    byte[] from = until == null ? before : Compare.smaller(before, Ulid.first(until).toBytes());
    String source = source();
    Optional<byte[]> end =
        isIndexed()
            ? mentionsEnd(session, from)
            : session.first(
                "SELECT id FROM events WHERE workspace = ? AND id < ? AND id >= ? AND "
                    + source
                    + " ORDER BY id DESC LIMIT 1 OFFSET ?",
                row -> row.getBytes(1),
                workspace.value(),
                from,
                lowest,
                WINDOW - 1);
    return page(session, from, limit, end);
  }

  /// The end of a page, if a user that is asked for is named too often to read all of it.
  private Optional<byte[]> mentionsEnd(Session session, byte[] from) throws SQLException {
    byte[] end = lowest;
    for (String name : named().stream().flatMap(List::stream).toList()) {
      long hash = idHash.applyAsLong(name);
      end = MentionRows.reach(session, hash, end, from, MENTIONS).orElse(end);
    }
    return Arrays.equals(end, lowest) ? Optional.empty() : Optional.of(end);
  }

  /// The users and messages that events must name, each by one of its ids.
  private List<List<String>> named() {
    List<List<String>> names = new ArrayList<>(2);
    String wamid = filter.content().wamid();
    if (wamid != null) {
      names.add(List.of(wamid));
    }
    if (!contact.isEmpty()) {
      names.add(contact);
    }
    return names;
  }

  private Page<EventView> page(Session session, byte[] from, int limit, Optional<byte[]> windowEnd)
      throws SQLException {
    byte[] end = windowEnd.orElse(lowest);
    Where where = where(session.dialect(), from, end);
    List<EventView> found =
        session.list(
            select(where, named().isEmpty()),
            this::view,
            where.arguments(List.of(from, end), limit + 1));
    Page<EventView> page = Pages.of(found, limit, v -> v.row().id().toString());
    return page.nextCursor() != null || windowEnd.isEmpty()
        ? page
        : new Page<>(page.data(), EventId.fromBytes(windowEnd.get()).toString());
  }

  private EventView view(ResultSet row) throws SQLException {
    return EventCodec.view(
        row,
        named().isEmpty() ? List.of() : StoredItems.matching(row, this::isNamed, PageRequest.MAX));
  }

  private boolean isNamed(EventRow.Item item) {
    String wamid = filter.content().wamid();
    return (wamid == null || wamid.equals(item.itemId()))
        && (contact.isEmpty() || (item.waId() != null && contact.contains(item.waId())));
  }

  static String select(Where where, boolean isBare) {
    return "SELECT "
        + (isBare ? EventCodec.BARE : "*")
        + " FROM events WHERE id < ? AND id >= ? AND "
        + where.sql()
        + " ORDER BY id DESC LIMIT ?";
  }

  private boolean isIndexed() {
    return filter.content().wamid() != null
        || !contact.isEmpty()
        || filter.origin().deliveryId() != null;
  }

  /// The condition that lets the database use the index of unusual events.
  private String source() {
    EventRow.State asked = filter.origin().state();
    EventRow.State state =
        asked == null && filter.origin().reason() != null ? EventRow.State.REJECTED : asked;
    return state == null || state == EventRow.State.PROCESSED
        ? "true"
        : "state > 0 AND state = " + EventCodec.code(state);
  }

  Where where(SqlDialect dialect, byte[] from, byte[] end) {
    // What another index finds must not be looked for in all of the workspace's rows.
    String ofWorkspace = isIndexed() ? "workspace || '' = ?" : "workspace = ?";
    Where where = new Where().and(source()).and(ofWorkspace, workspace.value());
    origin(where);
    content(where, dialect);
    for (List<String> names : named()) {
      mentioned(where, names, from, end);
      List<String> contains = Collections.nCopies(names.size(), dialect.contains("items"));
      where.and(
          "(" + String.join(" OR ", contains) + ")",
          names.stream().map(JsonColumns::write).toArray());
    }
    return where;
  }

  private void mentioned(Where where, List<String> names, byte[] from, byte[] end) {
    List<Object> arguments = new ArrayList<>();
    for (String name : names) {
      long hash = idHash.applyAsLong(name);
      arguments.addAll(List.of(end, end, hash, from, key(hash, 0), key(hash, -1)));
    }
    where.and("id IN (" + MENTIONED.repeat(names.size()) + RECENT + ")", arguments.toArray());
  }

  private void origin(Where where) {
    OriginFilter origin = filter.origin();
    where.andIf("source = ?", origin.source());
    where.andIf("delivery_id = ?", origin.deliveryId());
    if (origin.signatureValid() != null) {
      where.and("signature_valid = ?", Columns.ofTruth(origin.signatureValid()));
    }
    String reason = origin.reason();
    if (reason != null) {
      reason(where, reason);
    }
    if (origin.state() == EventRow.State.PROCESSED) {
      where.and("state = 0");
    }
  }

  /// As [EventRow.Origin#isMetas] and its callers have it.
  private static void reason(Where where, String reason) {
    String metas = "source IN ('whatsapp', 'meta')";
    where.and("state = ?", EventCodec.code(EventRow.State.REJECTED));
    if (reason.equals(OriginFilter.INVALID_SIGNATURE)) {
      where.and(
          "signature_valid = ? AND (topic NOT IN (?, ?) OR " + metas + ")",
          Columns.ofTruth(false),
          EventCodec.code(Topic.INVALID_JSON),
          EventCodec.code(Topic.INVALID_PAYLOAD));
      return;
    }
    where.and("topic = ?", EventCodec.code(Topic.ofWire(reason)));
    where.and("(signature_valid = ? OR NOT " + metas + ")", Columns.ofTruth(true));
  }

  private void content(Where where, SqlDialect dialect) {
    ContentFilter content = filter.content();
    if (content.topic() != null) {
      where.and("topic = ?", EventCodec.code(content.topic()));
    }
    contains(where, dialect.contains("fields"), content.field());
    contains(where, dialect.contains("phone_number_ids"), content.phoneNumberId());
    contains(where, dialect.contains("waba_ids"), content.wabaId());
  }

  /// The columns are JSON lists of texts: a text with its quotes stands in one only as a whole.
  private static void contains(Where where, String condition, @Nullable String text) {
    if (text != null) {
      where.and(condition, JsonColumns.write(text));
    }
  }

  private static byte[] key(long high, long low) {
    return ByteBuffer.allocate(Ulid.BYTES).putLong(high).putLong(low).array();
  }
}
