package dev.chasqui.delivery;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Priority;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.outbound.Sender;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.Source;
import dev.chasqui.testkit.Conditions;
import dev.chasqui.testkit.MovedClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A dispatcher over a queue and a journal in memory and a scripted sender. Acts as the projection
/// and as the operator too.
final class Rig implements AutoCloseable {

  static final DeliverySettings DEFAULTS = DeliverySettings.defaults("Chasqui/test");

  final MovedClock clock = new MovedClock();
  final MemoryDeliveries store = new MemoryDeliveries();
  final MemoryFacts facts = new MemoryFacts();
  final ScriptedSender sender = new ScriptedSender();
  private final Sender used;
  final List<EndpointHealth> changes = new CopyOnWriteArrayList<>();
  final List<EndpointHealth> laneChanges = new CopyOnWriteArrayList<>();
  final Map<EndpointId, Endpoint> endpoints = new ConcurrentHashMap<>();
  final AtomicLong lost = new AtomicLong();
  volatile boolean isSwitchStuck;
  final Dispatcher dispatcher;
  private final IdSource ids = new IdSource(clock, new Random(7));
  private final AtomicLong positions = new AtomicLong();

  Rig() {
    this(DEFAULTS);
  }

  Rig(DeliverySettings settings) {
    used = sender;
    dispatcher = newDispatcher("node", settings);
  }

  /// A rig that sends by another sender than the scripted one.
  Rig(Sender sender) {
    used = sender;
    dispatcher = newDispatcher("node", DEFAULTS);
  }

  static Rig started() {
    return new Rig().start();
  }

  Rig start() {
    dispatcher.start();
    return this;
  }

  /// Another dispatcher over the same queue, not started.
  Dispatcher newDispatcher(String node, DeliverySettings settings) {
    return new Dispatcher(node, ports(), new Timing(clock, clock::nanos, new Random(11)), settings);
  }

  private Ports ports() {
    return new Ports(
        store,
        facts,
        new Ports.Resources(endpoints::get, _ -> List.of("app-secret")),
        new Dialects(List.of(new MetaDialect())),
        used,
        (id, _) -> {
          if (isSwitchStuck) {
            throw new IllegalStateException("on demand");
          }
          switchTo(id, Switch.DISABLED);
        },
        events());
  }

  private DeliveryEvents events() {
    return new DeliveryEvents() {
      @Override
      public void healthChanged(EndpointHealth before, EndpointHealth after) {
        changes.add(after);
      }

      @Override
      public void laneChanged(EndpointHealth before, EndpointHealth after) {
        laneChanges.add(after);
      }

      @Override
      public void settled(int count, int lostLeases) {
        lost.addAndGet(lostLeases);
      }
    };
  }

  /// An endpoint at a host of its own, with the schedule 10 s, 1 min.
  EndpointId endpoint(String host) {
    return endpoint(host, Policies.of(Duration.ofSeconds(10), Duration.ofMinutes(1)));
  }

  EndpointId endpoint(String host, Policy policy) {
    return endpoint(host, policy, Map.of());
  }

  EndpointId endpoint(String host, Policy policy, Map<String, String> headers) {
    return endpoint(URI.create("https://" + host + "/hook"), policy, headers);
  }

  EndpointId endpoint(URI url, Policy policy, Map<String, String> headers) {
    EndpointId id = new EndpointId(ids.next());
    endpoints.put(
        id,
        new Endpoint(
            new Endpoint.Identity(id, WorkspaceId.DEFAULT, "test", DialectName.META, Switch.ON),
            Endpoint.Role.SUBSCRIBER,
            url,
            Endpoint.Scope.WORKSPACE,
            Endpoint.Interest.ALL,
            new Endpoint.Access(List.of(), headers),
            policy));
    return id;
  }

  void switchTo(EndpointId id, Switch switched) {
    endpoints.computeIfPresent(id, (_, it) -> Policies.switchedTo(it, switched));
  }

  /// A delivery as the projection makes it: handed over if the dispatcher takes it, else waiting.
  DeliveryId owe(EndpointId endpoint) {
    return owe(dispatcher, endpoint);
  }

  DeliveryId owe(EndpointId endpoint, Priority priority) {
    return owe(dispatcher, endpoint, priority);
  }

  DeliveryId owe(Dispatcher to, EndpointId endpoint) {
    return owe(to, endpoint, Priority.MESSAGES);
  }

  private DeliveryId owe(Dispatcher to, EndpointId endpoint, Priority priority) {
    Lease lease = to.reserve(endpoint, priority);
    Owed owed = owed(endpoint, new Place(priority, null), lease);
    store.put(owed);
    Payload payload = payload(owed.source());
    if (lease == null) {
      to.waiting(Set.of(endpoint));
      return owed.id();
    }
    handOver(to, new EarlyDelivery(owed, payload));
    return owed.id();
  }

  /// Hands over what is written already, so that all that becomes of it is settled.
  void handOver(Dispatcher to, EarlyDelivery early) {
    EarlyBatch written = new EarlyBatch(new EarlyBatch.Settle(_ -> {}, _ -> {}));
    written.written();
    to.begin(List.of(early), written);
  }

  /// A delivery that is written with a lease and not handed over yet.
  EarlyDelivery reserved(EndpointId endpoint) {
    Owed owed = owed(endpoint, dispatcher.reserve(endpoint, Priority.MESSAGES));
    store.put(owed);
    return new EarlyDelivery(owed, payload(owed.source()));
  }

  /// A delivery that nobody tells the dispatcher of.
  DeliveryId oweSilently(EndpointId endpoint) {
    Owed owed = owed(endpoint, null);
    store.put(owed);
    payload(owed.source());
    return owed.id();
  }

  /// A delivery that is only found by asking the store.
  DeliveryId oweAndAsk(EndpointId endpoint) {
    DeliveryId id = oweSilently(endpoint);
    dispatcher.endpointsChanged();
    return id;
  }

  private Owed owed(EndpointId endpoint, @Nullable Lease lease) {
    return owed(endpoint, Place.FREE, lease);
  }

  private Owed owed(EndpointId endpoint, Place place, @Nullable Lease lease) {
    Source source = new Source(new EventId(ids.next()), positions.incrementAndGet());
    return new Owed(
        new DeliveryId(ids.next()), source, endpoint, null, place, clock.instant(), lease);
  }

  private Payload payload(Source source) {
    Payload payload = payload(source, clock.instant());
    facts.put(source.position(), payload);
    return payload;
  }

  static Payload payload(Source source, Instant at) {
    Bytes body =
        Bytes.utf8(
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"%d\",\"changes\":[]}]}"
                .formatted(source.position()));
    return new Payload(WorkspaceId.DEFAULT, source.event(), at, body, "application/json", null);
  }

  /// Moves the clock and has the dispatcher look at it.
  void move(Duration by) {
    clock.move(by);
    dispatcher.endpointsChanged();
  }

  /// Lets time pass: nothing is woken but what is due to be woken.
  void tick(Duration by) {
    clock.move(by);
    dispatcher.timePassed();
  }

  /// Lets time pass in steps until something is so.
  void tickUntil(String what, Duration step, BooleanSupplier isSo) {
    Conditions.until(
        what,
        () -> {
          tick(step);
          return isSo.getAsBoolean();
        });
  }

  void awaitState(DeliveryId id, DeliveryState state) {
    Conditions.until(id + " is " + state, () -> store.state(id) == state);
  }

  void awaitIdle() {
    Conditions.until("nothing is held", () -> dispatcher.load().inMemory() == 0);
  }

  @Override
  public void close() {
    dispatcher.close();
  }
}
