package dev.chasqui.store.sql;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Summary;
import dev.chasqui.model.Tls;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Ulid;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.Source;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Rows to store, numbered.
final class Samples {

  static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  static final WorkspaceId WORKSPACE = WorkspaceId.DEFAULT;
  static final EndpointId ENDPOINT = endpointId(1);

  private Samples() {}

  /// Second `number` of the test's time.
  static Instant at(long number) {
    return START.plusSeconds(number);
  }

  static EventId eventId(int number) {
    return new EventId(Ulid.of(at(number), number, number));
  }

  static EndpointId endpointId(int number) {
    return new EndpointId(Ulid.of(START, 7, number));
  }

  static DeliveryId deliveryId(int number, EndpointId endpoint) {
    return new DeliveryId(Ulid.of(at(number), number, endpoint.ulid().low()));
  }

  static EventRow event(int number) {
    return event(number, EventRow.State.PROCESSED);
  }

  static EventRow event(int number, EventRow.State state) {
    EventRow.Item item =
        new EventRow.Item(
            "0.0.0", "message", "text", "messages", "wamid." + number, "4915000" + number, "new");
    return event(number, state, List.of(item));
  }

  static EventRow event(int number, EventRow.State state, List<EventRow.Item> items) {
    byte[] hash = new byte[32];
    hash[0] = (byte) number;
    return new EventRow(
        eventId(number),
        number * 100L,
        new EventRow.Origin(WORKSPACE, "whatsapp", "sent-" + number, true, Bytes.of(hash)),
        state,
        summary(),
        new EventRow.Scope(Set.of("p" + number), Set.of("w1", "w2")),
        items);
  }

  static Summary summary() {
    return new Summary(
        "whatsapp_business_account",
        1,
        2,
        Topic.MESSAGES,
        1,
        3,
        new Summary.Contents(List.of("messages", "calls"), true));
  }

  static Owed owed(int number, EndpointId endpoint, @Nullable Lease lease) {
    return new Owed(
        deliveryId(number, endpoint),
        new Source(eventId(number), number * 100L),
        endpoint,
        null,
        Place.FREE,
        at(number),
        lease);
  }

  static Batch batch(long cursor, List<EventRow> events, List<Owed> owed) {
    return new Batch(0, cursor, events, List.of(), owed, List.of());
  }

  static Lease lease(long fence) {
    return new Lease("node-1", fence, at(1_000));
  }

  static Attempt attempt(int number, String outcome) {
    boolean isGood = outcome.equals("delivered");
    return new Attempt(
        at(number), 12, outcome, isGood ? 200 : 503, isGood ? null : "no", isGood ? "" : "body");
  }

  static Endpoint endpoint(int number) {
    return new Endpoint(
        new Endpoint.Identity(
            endpointId(number), WORKSPACE, "crm", DialectName.META, Endpoint.Switch.ON),
        Endpoint.Role.SUBSCRIBER,
        URI.create("https://crm.example.com/hook?a=1"),
        new Endpoint.Scope("w1", null),
        new Endpoint.Interest(
            Set.of("whatsapp"),
            Set.of("messages"),
            Set.of(),
            Set.of("read"),
            Set.of(),
            Set.of(),
            new Endpoint.Extras(Set.of("group"), true)),
        new Endpoint.Access(
            List.of("s3cret-1", "s3cret-0"),
            Map.of("X-Key", "k\u00e9y"),
            "AC1",
            new Tls("ca", "certificate", "s3cret-key")),
        policy());
  }

  static Policy policy() {
    return new Policy(
        Duration.ofSeconds(5),
        new Policy.Retry(List.of(Duration.ofSeconds(17), Duration.ofMinutes(2)), 0.1, true),
        32,
        2.5,
        Policy.Ordering.CONTACT,
        new Policy.Verdicts(
            new Policy.StatusSet("2xx"), new Policy.StatusSet("4xx,!408"), Set.of(410), true),
        true);
  }

  /// The same in another workspace.
  static EventRow of(WorkspaceId workspace, EventRow event) {
    return new EventRow(
        event.id(),
        event.position(),
        new EventRow.Origin(workspace, "whatsapp", null, true, event.origin().bodyHash()),
        event.state(),
        event.summary(),
        event.scope(),
        event.items());
  }

  /// The same in another workspace.
  static Endpoint of(WorkspaceId workspace, Endpoint endpoint) {
    return new Endpoint(
        new Endpoint.Identity(
            endpoint.id(),
            workspace,
            endpoint.identity().name(),
            endpoint.dialect(),
            endpoint.identity().switched()),
        endpoint.role(),
        endpoint.url(),
        endpoint.scope(),
        endpoint.interest(),
        endpoint.access(),
        endpoint.policy());
  }
}
