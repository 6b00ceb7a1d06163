package dev.chasqui.api.operator;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.Source;
import dev.chasqui.store.Store;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Rows as the projection and the dispatcher write them, numbered.
final class Rows {

  static final String ENVELOPE =
      "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"102\",\"changes\":[{\"field\":"
          + "\"messages\",\"value\":{\"metadata\":{\"phone_number_id\":\"106\"},\"messages\":"
          + "[{\"id\":\"wamid.1\",\"from\":\"4915\",\"type\":\"text\"}]}}]}]}";

  static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  static final Lease LEASE = new Lease("node", 1, START.plusSeconds(60));

  private final Operator operator;
  private final Store store;

  Rows(Operator operator) {
    this.operator = operator;
    this.store = operator.store;
  }

  static EventId eventId(int number) {
    return new EventId(Ulid.of(START.plusSeconds(number), 1, number));
  }

  static DeliveryId deliveryId(int number) {
    return new DeliveryId(Ulid.of(START.plusSeconds(number), 2, number));
  }

  /// A processed event of the default workspace whose bytes are kept.
  EventId event(int number) {
    operator.engines.raw.put(
        number * 100L,
        new RawEvents.Raw.Kept(
            List.of(new RawEvents.Raw.Header("X-Hub-Signature-256", "sha256=00")),
            "a=1",
            Bytes.utf8(ENVELOPE),
            new RawEvents.Raw.Reading("signature", Bytes.utf8(ENVELOPE), false)));
    return commit(row(number, WorkspaceId.DEFAULT, EventRow.State.PROCESSED), List.of());
  }

  EventId event(int number, WorkspaceId workspace, EventRow.State state) {
    return commit(row(number, workspace, state), List.of());
  }

  /// An event and the delivery of it that an endpoint is owed.
  EventId owed(int number, EndpointId endpoint) {
    Owed owed =
        new Owed(
            deliveryId(number),
            new Source(eventId(number), number * 100L),
            endpoint,
            "0.0.0",
            Place.FREE,
            START.plusSeconds(number),
            LEASE);
    return commit(row(number, WorkspaceId.DEFAULT, EventRow.State.PROCESSED), List.of(owed));
  }

  /// The delivery is dead after one attempt.
  void dead(int number, String reason) {
    Attempt attempt = new Attempt(START, 12, "refused", 500, "HTTP 500", "sorry");
    DeadPayload payload = new DeadPayload(WorkspaceId.DEFAULT, Bytes.utf8("x"));
    var _ =
        store
            .deliveries()
            .settle(
                List.of(new Settlement.Dead(deliveryId(number), LEASE, attempt, reason, payload)),
                START);
  }

  /// An event whose job failed.
  JobId failed(int number) {
    JobId job = new JobId(eventId(number).ulid());
    JobStore.FailedJob failed =
        new JobStore.FailedJob(
            job,
            WorkspaceId.DEFAULT,
            eventId(number),
            number * 100L,
            new JobStore.Status("failed", 1, "no way", START));
    EventRow row = row(number, WorkspaceId.DEFAULT, EventRow.State.FAILED);
    store
        .projection()
        .commit(new Batch(0, number, List.of(row), List.of(), List.of(), List.of(failed)));
    return job;
  }

  /// An event with many messages, each of another contact: `wamid.0` of `49150`, and so on.
  EventId large(int number, int messages) {
    return withItems(
        number,
        IntStream.range(0, messages)
            .mapToObj(i -> item("0.0." + i, "wamid." + i, "4915" + i))
            .toList());
  }

  /// An event with a message of a contact.
  EventId from(int number, String contact) {
    return withItems(number, List.of(item("0.0.0", "wamid." + number, contact)));
  }

  private EventId withItems(int number, List<EventRow.Item> items) {
    EventRow one = row(number, WorkspaceId.DEFAULT, EventRow.State.PROCESSED);
    return commit(
        new EventRow(
            one.id(), one.position(), one.origin(), one.state(), one.summary(), one.scope(), items),
        List.of());
  }

  private static EventRow.Item item(String path, String wamid, String contact) {
    return new EventRow.Item(path, "message", "text", "messages", wamid, contact, "new");
  }

  /// A message tells that a phone number and a user id are one contact.
  void contact(int number, String waId, String userId) {
    Notification told =
        new Notification.Message(
            new ItemPath(0, 0, 0),
            new Notification.Origin("messages", "102", "106", null),
            "wamid.contact",
            "text",
            new Participant(waId, userId, null),
            START);
    store
        .ledger()
        .apply(
            List.of(
                new LedgerStore.LedgerItem(
                    WorkspaceId.DEFAULT, eventId(number), new ItemKey(number, 1), told, true)));
  }

  private EventId commit(EventRow row, List<Owed> owed) {
    store
        .projection()
        .commit(new Batch(0, row.position(), List.of(row), List.of(), owed, List.of()));
    return row.id();
  }

  private static EventRow row(int number, WorkspaceId workspace, EventRow.State state) {
    boolean valid = state != EventRow.State.REJECTED;
    return new EventRow(
        eventId(number),
        number * 100L,
        new EventRow.Origin(workspace, "whatsapp", "sent-" + number, valid, Bytes.of(new byte[32])),
        state,
        new Summary(
            "whatsapp_business_account",
            1,
            1,
            Topic.MESSAGES,
            1,
            0,
            new Summary.Contents(List.of("messages"), false)),
        new EventRow.Scope(Set.of("106"), Set.of("102")),
        List.of(item("0.0.0", "wamid." + number, "4915")));
  }
}
