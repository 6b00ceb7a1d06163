package dev.chasqui.app;

import dev.chasqui.api.turn.ContactHistory;
import dev.chasqui.delivery.Payload;
import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.EventBody;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The messages of a contact, found by the index of who is mentioned where, read from the journal,
/// and told as Turn's webhooks tell them.
final class Histories implements ContactHistory {

  /// The kinds of items that are messages.
  private static final Set<String> MESSAGES = Set.of("message", "submission");

  /// Pages of events that are looked through for one contact: statuses are many.
  private static final int MOST_PAGES = 5;

  private final EventViews events;
  private final JournalFacts facts;
  private final Dialect turn;

  Histories(EventViews events, JournalFacts facts, Dialect turn) {
    this.events = events;
    this.facts = facts;
    this.turn = turn;
  }

  @Override
  public List<ObjectNode> newest(
      WorkspaceId workspace, String phoneNumberId, List<String> ids, int limit) {
    Map<EventId, EventRow> rows = new TreeMap<>(Comparator.reverseOrder());
    for (String id : ids) {
      mentioning(workspace, phoneNumberId, id, limit)
          .forEach((event, row) -> rows.merge(event, row, EventRow::plus));
    }
    Map<String, Told> told = new TreeMap<>();
    for (EventRow row : rows.values()) {
      for (EventRow.Item item : row.items()) {
        boolean isOfContact = item.waId() != null && ids.contains(item.waId());
        if (isOfContact && isMessage(item)) {
          told(row, item, phoneNumberId).ifPresent(it -> told.putIfAbsent(it.id(), it));
        }
      }
    }
    return told.values().stream()
        .sorted(Comparator.comparing(Told::at).thenComparing(Told::id).reversed())
        .limit(limit)
        .map(it -> withStatus(workspace, it))
        .toList();
  }

  /// One message.
  private record Told(String id, Instant at, ObjectNode body) {}

  /// The newest events with messages of an id, as many as may be needed.
  private Map<EventId, EventRow> mentioning(
      WorkspaceId workspace, String phoneNumberId, String id, int limit) {
    EventViews.Filter filter =
        new EventViews.Filter(
            new EventViews.DoorFilter(null, null, EventRow.State.PROCESSED, null),
            new EventViews.ContentFilter(null, null, phoneNumberId, null, null, id),
            null,
            null);
    Map<EventId, EventRow> found = new TreeMap<>();
    String cursor = null;
    for (int page = 0; page < MOST_PAGES && found.size() < limit; page++) {
      Page<EventView> next =
          events.list(workspace, filter, new PageRequest(PageRequest.MAX, cursor));
      next.data().stream()
          .map(EventView::row)
          .filter(row -> row.items().stream().anyMatch(Histories::isMessage))
          .forEach(row -> found.put(row.id(), row));
      cursor = next.nextCursor();
      if (cursor == null) {
        break;
      }
    }
    return found;
  }

  private static boolean isMessage(EventRow.Item item) {
    return MESSAGES.contains(item.kind()) && !item.verdict().equals("duplicate");
  }

  private Optional<Told> told(EventRow row, EventRow.Item item, String phoneNumberId) {
    Payload payload = facts.load(new Source(row.id(), row.position()));
    if (payload == null) {
      return Optional.empty();
    }
    try {
      ItemPath path = ItemPath.parse(item.path());
      Notification told = EventItems.of(payload.body()).only(List.of(path));
      boolean isNumbers = phoneNumberId.equals(told.origin().phoneNumberId());
      boolean isInGroup = told.group() != null;
      return isNumbers && !isInGroup && turn.speaksOf(told)
          ? Optional.of(rendered(row, payload, path, told))
          : Optional.empty();
    } catch (IllegalArgumentException | MalformedJsonException _) {
      // It could not be delivered either, and its event says so.
      return Optional.empty();
    }
  }

  private Told rendered(EventRow row, Payload payload, ItemPath path, Notification item) {
    Instant received = row.id().ulid().time();
    Outgoing.Identity identity =
        new Outgoing.Identity(
            row.door().workspace(), new DeliveryId(row.id().ulid()), row.id(), received);
    Outgoing outgoing =
        new Outgoing(
            identity,
            new Outgoing.Source(new EventBody(payload.body()), List.of(path), null, null),
            Outgoing.Secrets.NONE,
            received);
    JsonNode body = Json.read(turn.render(outgoing).body());
    JsonNode message = body.has("messages") ? body.path("messages").path(0) : body;
    String id = message.path("id").asString("");
    return new Told(id, at(item, received), (ObjectNode) message);
  }

  private static Instant at(Notification item, Instant received) {
    @Nullable Instant told =
        switch (item) {
          case Notification.Message message -> message.at();
          case Notification.Submitted submitted -> submitted.at();
          case Notification.Status _,
              Notification.Echo _,
              Notification.Call _,
              Notification.Problem _,
              Notification.Change _ ->
              received;
        };
    return Objects.requireNonNullElse(told, received);
  }

  /// How far a message is that was sent.
  private ObjectNode withStatus(WorkspaceId workspace, Told told) {
    JsonNode vendor = told.body().path("_vnd").path("v1");
    if (vendor instanceof ObjectNode v1 && v1.path("direction").asString("").equals("outbound")) {
      events
          .message(workspace, told.id())
          .ifPresent(message -> v1.put("last_status", message.state()));
    }
    return told.body();
  }
}
