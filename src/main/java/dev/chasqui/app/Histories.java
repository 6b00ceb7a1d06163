package dev.chasqui.app;

import dev.chasqui.api.turn.ContactHistory;
import dev.chasqui.delivery.Facts;
import dev.chasqui.delivery.Payload;
import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.json.Json;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Source;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads the messages of a contact: it finds their events by the index of mentions, reads those
/// from the journal, and renders them as Turn's webhooks do.
final class Histories implements ContactHistory {

  /// The kinds of items that are messages.
  private static final Set<String> MESSAGES = Set.of("message", "submission");

  /// Pages of events that are looked through for one contact: statuses are many.
  private static final int MOST_PAGES = 5;

  /// Bytes of events that are read for one answer: then what is older is not looked for.
  private static final long MOST_READ_BYTES = 32 << 20;

  /// Bytes of messages in one answer, exceeded by one message at most.
  private static final long MOST_TOLD_BYTES = 1 << 20;

  /// Answers that are made at once. Each has one event in memory, and what it tells.
  private static final int AT_ONCE = 2;

  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final EventViews events;
  private final Facts facts;
  private final Dialect turn;
  private final Semaphore reading = new Semaphore(AT_ONCE, true);

  Histories(EventViews events, Facts facts, Dialect turn) {
    this.events = events;
    this.facts = facts;
    this.turn = turn;
  }

  @Override
  public List<ObjectNode> newest(WorkspaceId workspace, String phoneNumberId, String id, int limit)
      throws InterruptedException {
    if (!reading.tryAcquire(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new StoreException(
          StoreException.Kind.BUSY,
          "too many histories of contacts are being read",
          new IllegalStateException("no room to read a history"));
    }
    try {
      return read(workspace, phoneNumberId, id, limit).stream()
          .sorted(Comparator.comparing(Told::at).thenComparing(Told::id).reversed())
          .limit(limit)
          .map(it -> withStatus(workspace, it))
          .toList();
    } finally {
      reading.release();
    }
  }

  private record Told(String id, Instant at, ObjectNode body) {}

  /// What is in the contact's newest events, until there are enough messages, or they are too
  /// large. The list finds an event by each of the contact's ids and tells its items alone.
  private Collection<Told> read(WorkspaceId workspace, String phoneNumberId, String id, int limit) {
    EventViews.Filter filter =
        new EventViews.Filter(
            new EventViews.OriginFilter(null, null, EventRow.State.PROCESSED, null),
            new EventViews.ContentFilter(null, null, phoneNumberId, null, null, id),
            null,
            null);
    Collected collected = new Collected(phoneNumberId, limit);
    String cursor = null;
    int pages = 0;
    do {
      Page<EventView> page =
          events.list(workspace, filter, new PageRequest(PageRequest.MAX, cursor));
      page.data().forEach(view -> collected.add(view.row()));
      cursor = page.nextCursor();
      pages++;
    } while (cursor != null && pages < MOST_PAGES && !collected.isFull());
    return collected.told.values();
  }

  /// The messages of one answer.
  private final class Collected {

    final Map<String, Told> told = new HashMap<>();
    private final String phoneNumberId;
    private final int limit;
    private long readBytes;
    private long toldBytes;

    Collected(String phoneNumberId, int limit) {
      this.phoneNumberId = phoneNumberId;
      this.limit = limit;
    }

    boolean isFull() {
      return told.size() >= limit || readBytes >= MOST_READ_BYTES || toldBytes >= MOST_TOLD_BYTES;
    }

    /// Adds the messages of an event; its bytes are read once, and let go of.
    void add(EventRow row) {
      List<EventRow.Item> messages = row.items().stream().filter(Histories::isMessage).toList();
      if (isFull() || messages.isEmpty()) {
        return;
      }
      Payload payload = facts.load(new Source(row.id(), row.position()));
      if (payload == null) {
        return;
      }
      readBytes += payload.body().length();
      for (EventRow.Item item : messages.reversed()) {
        if (toldBytes < MOST_TOLD_BYTES) {
          message(row, payload, item).ifPresent(this::add);
        }
      }
    }

    private void add(Message message) {
      if (told.putIfAbsent(message.told().id(), message.told()) == null) {
        toldBytes += message.bytes();
      }
    }

    private Optional<Message> message(EventRow row, Payload payload, EventRow.Item item) {
      try {
        ItemPath path = ItemPath.parse(item.path());
        Notification told =
            payload.content().read(EventItems.class, EventItems::of).only(List.of(path));
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
  }

  /// A message, and how large it is.
  private record Message(Told told, int bytes) {}

  private static boolean isMessage(EventRow.Item item) {
    return MESSAGES.contains(item.kind()) && !item.verdict().equals("duplicate");
  }

  private Message rendered(EventRow row, Payload payload, ItemPath path, Notification item) {
    Instant received = row.id().ulid().time();
    Outgoing.Identity identity =
        new Outgoing.Identity(
            row.origin().workspace(), new DeliveryId(row.id().ulid()), row.id(), received);
    Outgoing outgoing =
        new Outgoing(
            identity,
            new Outgoing.Source(payload.content(), List.of(path), null, null),
            Outgoing.Secrets.NONE,
            received);
    Bytes bytes = turn.render(outgoing).body();
    JsonNode body = Json.read(bytes);
    JsonNode message = body.has("messages") ? body.path("messages").path(0) : body;
    String id = message.path("id").asString("");
    return new Message(new Told(id, at(item, received), (ObjectNode) message), bytes.length());
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
