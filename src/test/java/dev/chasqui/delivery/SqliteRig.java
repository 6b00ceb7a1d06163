package dev.chasqui.delivery;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Priority;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Delivered;
import dev.chasqui.store.ProjectionStore.Move;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.QueuePlace;
import dev.chasqui.store.ProjectionStore.Source;
import dev.chasqui.store.SecretSealer;
import dev.chasqui.store.sql.SqlStore;
import dev.chasqui.store.sql.StoreSettings;
import dev.chasqui.testkit.Conditions;
import dev.chasqui.testkit.MovedClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A dispatcher over a real SQLite file, with a scripted sender.
final class SqliteRig implements AutoCloseable {

  private static final SecretSealer PLAIN =
      new SecretSealer() {
        @Override
        public byte[] seal(String plain, String context) {
          return plain.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public String open(byte[] sealed, String context) {
          return new String(sealed, StandardCharsets.UTF_8);
        }
      };

  final MovedClock clock = new MovedClock();
  final Timing timing = new Timing(clock, clock::nanos, new Random(5));
  final ScriptedSender sender = new ScriptedSender();
  final MemoryFacts facts = new MemoryFacts();
  final Map<EndpointId, Endpoint> endpoints = new ConcurrentHashMap<>();
  final SqlStore store;
  private final IdSource ids = new IdSource(clock, new Random(3));
  private final AtomicLong positions = new AtomicLong();

  SqliteRig(Path folder) {
    store =
        SqlStore.open(
            StoreSettings.embedded(folder), clock, PLAIN, String::hashCode, Supervisor.ofProcess());
  }

  Dispatcher dispatcher() {
    Ports ports =
        new Ports(
            store.deliveries(),
            facts,
            new Ports.Resources(endpoints::get, _ -> List.of("app-secret")),
            new Dialects(List.of(new MetaDialect())),
            sender,
            (_, _) -> {},
            DeliveryEvents.NONE);
    return new Dispatcher("node", ports, timing, Rig.DEFAULTS);
  }

  EndpointId endpoint(String host, Duration... schedule) {
    EndpointId id = new EndpointId(ids.next());
    Endpoint endpoint =
        new Endpoint(
            new Endpoint.Identity(
                id, WorkspaceId.DEFAULT, host, DialectName.META, Endpoint.Switch.ON),
            Endpoint.Role.SUBSCRIBER,
            URI.create("https://" + host + "/hook"),
            Endpoint.Scope.WORKSPACE,
            Endpoint.Interest.ALL,
            Endpoint.Access.NONE,
            Policies.of(schedule));
    endpoints.put(id, endpoint);
    store.resources().putEndpoint(endpoint);
    return id;
  }

  /// As the projection does it: reserve, hand over, write what is delivered by then as delivered.
  List<DeliveryId> owe(Dispatcher dispatcher, EndpointId endpoint, int count) {
    List<Owed> owed = new ArrayList<>();
    List<EarlyDelivery> early = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Lease lease = dispatcher.reserve(endpoint, Priority.MESSAGES);
      Owed one = owed(endpoint, Objects.requireNonNull(lease));
      owed.add(one);
      early.add(new EarlyDelivery(one, Objects.requireNonNull(facts.load(one.source()))));
    }
    EarlyBatch earlyBatch = dispatcher.handOver(early);
    Map<DeliveryId, Attempt> attempts = earlyBatch.delivered();
    List<Delivered> delivered = new ArrayList<>();
    for (Owed one : owed) {
      Attempt attempt = attempts.get(one.id());
      if (attempt != null) {
        delivered.add(new Delivered(one, attempt));
      }
    }
    commit(owed.stream().filter(it -> !attempts.containsKey(it.id())).toList(), delivered);
    earlyBatch.written();
    return owed.stream().map(Owed::id).toList();
  }

  /// A delivery that is dead after its one attempt.
  List<DeliveryId> die(Dispatcher dispatcher, EndpointId endpoint) {
    List<DeliveryId> ids = oweSilently(endpoint, 1);
    move(dispatcher, Duration.ofSeconds(2));
    Conditions.until("it is dead", () -> view(ids.getFirst()).state() == DeliveryState.DEAD);
    return ids;
  }

  /// Waits for a delivery to an endpoint that may still be probed.
  void awaitDelivered(Dispatcher dispatcher, DeliveryId id) {
    Conditions.until(
        "it is delivered",
        () -> {
          move(dispatcher, Duration.ofSeconds(2));
          return view(id).state() == DeliveryState.DELIVERED;
        });
  }

  /// A delivery that is committed under a lease and never handed over.
  DeliveryId committed(Lease lease, EndpointId endpoint) {
    Owed one = owed(endpoint, lease);
    commit(List.of(one));
    return one.id();
  }

  /// Deliveries that nobody tells a dispatcher of.
  List<DeliveryId> oweSilently(EndpointId endpoint, int count) {
    List<Owed> owed = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      owed.add(owed(endpoint, null));
    }
    commit(owed);
    return owed.stream().map(Owed::id).toList();
  }

  /// A delivery that waits in a contact queue, as the projection commits it.
  DeliveryId oweInQueue(EndpointId endpoint, long queue) {
    Place place = new Place(Priority.MESSAGES, new QueuePlace(new ContactQueueKey(queue), 0));
    Owed one = owed(endpoint, place, null);
    commit(List.of(one));
    return one.id();
  }

  private Owed owed(EndpointId endpoint, @Nullable Lease lease) {
    return owed(endpoint, Place.FREE, lease);
  }

  private Owed owed(EndpointId endpoint, Place place, @Nullable Lease lease) {
    Source source = new Source(new EventId(ids.next()), positions.incrementAndGet());
    facts.put(source.position(), Rig.payload(source, clock.instant()));
    return new Owed(
        new DeliveryId(ids.next()), source, endpoint, null, place, clock.instant(), lease);
  }

  private void commit(List<Owed> owed) {
    commit(owed, List.of());
  }

  private void commit(List<Owed> owed, List<Delivered> delivered) {
    List<EventRow> none = List.of();
    Move to = new Move(0, positions.get());
    store
        .projection()
        .commit(new Batch(to, none, List.of(), owed, delivered, List.of(), List.of()));
  }

  DeliveryView view(DeliveryId id) {
    return store.deliveryViews().find(id).orElseThrow();
  }

  void move(Dispatcher dispatcher, Duration by) {
    clock.move(by);
    dispatcher.dueInStore();
  }

  @Override
  public void close() {
    store.close();
  }
}
