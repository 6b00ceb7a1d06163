package dev.chasqui.app;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.ingress.Workspaces;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.TokenId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import dev.chasqui.routing.KnownNumber;
import dev.chasqui.routing.KnownWaba;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.store.OneStep;
import dev.chasqui.store.ResourceStore;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What operators set, held in memory over the store: a change is written to the store first and
/// seen here at once, so that neither the ingress nor the router ever waits for a database. Changes
/// happen one after the other, store and memory in the same step. The routing table is made anew by
/// the first reader after a change, however many changes came together.
final class Directory implements ResourceStore, Workspaces {

  private static final System.Logger LOG = System.getLogger(Directory.class.getName());

  private final OneStep changes = new OneStep();
  private final ResourceStore store;
  private final Map<String, String> fallbacks;
  private final Clock clock;
  private final UsableSecrets usable;

  private final Map<EndpointId, Endpoint> endpoints = new ConcurrentHashMap<>();
  private final Map<String, Waba> wabas = new ConcurrentHashMap<>();
  private final Map<String, PhoneNumber> numbers = new ConcurrentHashMap<>();
  private final Map<WorkspaceId, App> apps = new ConcurrentHashMap<>();

  /// A workspace comes into being when an operator first sets something in it.
  private final Set<WorkspaceId> workspaces = ConcurrentHashMap.newKeySet();

  private final HeldTokens tokens;
  private volatile List<Secret> stored;
  private volatile SecretsInForce secrets;

  /// Null after a change until somebody asks. Written under this object's monitor.
  private volatile @Nullable RoutingTable table;

  /// Reads all resources from the store.
  ///
  /// @param fallbacks secrets of the default workspace, for names of which none is stored
  /// @param usable decides about stored secrets that the present rules would refuse
  Directory(ResourceStore store, Map<String, String> fallbacks, UsableSecrets usable, Clock clock) {
    this.clock = clock;
    this.usable = usable;
    this.store = store;
    this.fallbacks = Map.copyOf(fallbacks);
    this.tokens = new HeldTokens(store);
    this.stored = usable.of(store.secrets());
    this.secrets = new SecretsInForce(stored, this.fallbacks);
    store.endpoints().stream().map(usable::of).forEach(e -> endpoints.put(e.id(), e));
    store.wabas().forEach(w -> wabas.put(key(w.workspace(), w.id()), w));
    store.phoneNumbers().forEach(n -> numbers.put(key(n.workspace(), n.id()), n));
    stored.forEach(s -> workspaces.add(s.workspace()));
    endpoints.values().forEach(e -> workspaces.add(e.workspace()));
    wabas.values().forEach(w -> workspaces.add(w.workspace()));
    numbers.values().forEach(n -> workspaces.add(n.workspace()));
    tokens.all().forEach(t -> workspaces.add(t.workspace()));
    for (WorkspaceId workspace : workspaces) {
      store.app(workspace).ifPresent(a -> apps.put(a.workspace(), a));
    }
    changed(WorkspaceId.DEFAULT);
  }

  /// The routing table of the present endpoints, built first if a change has come since the last
  /// call.
  RoutingTable routingTable() {
    RoutingTable ready = table;
    return ready != null ? ready : build();
  }

  /// The endpoint as it is now, null if it is gone.
  @Nullable Endpoint current(EndpointId id) {
    return endpoints.get(id);
  }

  /// A workspace's app secrets, newest first.
  List<String> appSecrets(WorkspaceId workspace) {
    return secrets.values(workspace, Secrets.SIGNING, clock.instant());
  }

  /// The active values of a secret of a workspace, newest first.
  List<String> secretValues(WorkspaceId workspace, String name) {
    return secrets.values(workspace, name, clock.instant());
  }

  /// What is known of a phone number.
  Optional<PhoneNumber> phoneNumber(WorkspaceId workspace, String id) {
    return Optional.ofNullable(numbers.get(key(workspace, id)));
  }

  /// How many other workspaces than the default one have phone numbers, accounts or a verify token
  /// but no secret that could prove their webhooks.
  long workspacesWithoutSigningKey(Instant now) {
    return Stream.of(
            wabas.values().stream().map(Waba::workspace),
            numbers.values().stream().map(PhoneNumber::workspace),
            stored.stream()
                .filter(it -> it.name().equals(Secrets.VERIFY_TOKEN))
                .map(Secret::workspace))
        .flatMap(it -> it)
        .distinct()
        .filter(it -> !it.equals(WorkspaceId.DEFAULT) && signingKeys(it, now).isEmpty())
        .count();
  }

  /// Whether the application is known not to be subscribed to an account.
  boolean isUnsubscribed(WorkspaceId workspace, String wabaId) {
    Waba waba = wabas.get(key(workspace, wabaId));
    return waba != null && waba.subscription() == Subscription.UNSUBSCRIBED;
  }

  /// Switches an endpoint off because its receiver says that it is gone.
  void disable(EndpointId id, String reason) {
    boolean isNew = changes.run(() -> disable(id));
    if (isNew) {
      LOG.log(System.Logger.Level.WARNING, "endpoint " + id + " is disabled: " + reason);
    }
  }

  private boolean disable(EndpointId id) {
    Endpoint endpoint = endpoints.get(id);
    if (endpoint == null || endpoint.identity().switched().isOff()) {
      return false;
    }
    putEndpoint(endpoint.switched(Endpoint.Switch.DISABLED));
    return true;
  }

  private synchronized RoutingTable build() {
    RoutingTable ready = table;
    if (ready == null) {
      ready =
          RoutingTable.of(
              endpoints.values(),
              wabas.values().stream().map(Directory::known).toList(),
              numbers.values().stream().map(Directory::known).toList());
      table = ready;
    }
    return ready;
  }

  private synchronized void changed(WorkspaceId workspace) {
    workspaces.add(workspace);
    table = null;
  }

  private static KnownWaba known(Waba waba) {
    return new KnownWaba(
        waba.workspace(),
        waba.id(),
        waba.subscription() == Subscription.UNSUBSCRIBED,
        waba.fields());
  }

  private static KnownNumber known(PhoneNumber number) {
    return new KnownNumber(number.workspace(), number.id(), number.wabaId());
  }

  private static String key(WorkspaceId workspace, String id) {
    return workspace + "/" + id;
  }

  @Override
  public boolean exists(WorkspaceId workspace) {
    return workspaces.contains(workspace);
  }

  @Override
  public List<SigningKey> signingKeys(WorkspaceId workspace, Instant now) {
    return secrets.signingKeys(workspace, now);
  }

  @Override
  public List<String> verifyTokens(WorkspaceId workspace, Instant now) {
    return secrets.values(workspace, Secrets.VERIFY_TOKEN, now);
  }

  @Override
  public <T extends @Nullable Object, E extends Exception> T inOneStep(OneStep.Change<T, E> change)
      throws E {
    return changes.run(change);
  }

  @Override
  public long version() {
    return store.version();
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.copyOf(endpoints.values());
  }

  @Override
  public Optional<Endpoint> endpoint(EndpointId id) {
    return Optional.ofNullable(endpoints.get(id));
  }

  @Override
  public void putEndpoint(Endpoint endpoint) {
    changes.run(
        () -> {
          store.putEndpoint(endpoint);
          usable.changed(endpoint);
          return endpoints.put(endpoint.id(), endpoint);
        });
    changed(endpoint.workspace());
  }

  @Override
  public void createEndpoint(Endpoint endpoint, @Nullable AnsweredKey answered) {
    changes.run(
        () -> {
          store.createEndpoint(endpoint, answered);
          return endpoints.put(endpoint.id(), endpoint);
        });
    changed(endpoint.workspace());
  }

  @Override
  public Optional<AnsweredKey> answeredKey(WorkspaceId workspace, String key, Instant since) {
    return store.answeredKey(workspace, key, since);
  }

  @Override
  public boolean deleteEndpoint(EndpointId id) {
    return changes.run(
        () -> {
          boolean existed = store.deleteEndpoint(id);
          usable.deleted(id);
          Endpoint removed = endpoints.remove(id);
          if (removed != null) {
            changed(removed.workspace());
          }
          return existed;
        });
  }

  @Override
  public List<Waba> wabas() {
    return List.copyOf(wabas.values());
  }

  @Override
  public void putWaba(Waba waba) {
    changes.run(
        () -> {
          store.putWaba(waba);
          return wabas.put(key(waba.workspace(), waba.id()), waba);
        });
    changed(waba.workspace());
  }

  @Override
  public List<PhoneNumber> phoneNumbers() {
    return List.copyOf(numbers.values());
  }

  @Override
  public void putPhoneNumber(PhoneNumber number) {
    changes.run(
        () -> {
          store.putPhoneNumber(number);
          return numbers.put(key(number.workspace(), number.id()), number);
        });
    changed(number.workspace());
  }

  @Override
  public void learn(Collection<Waba> newWabas, Collection<PhoneNumber> newNumbers) {
    changes.run(
        () -> {
          store.learn(newWabas, newNumbers);
          remember(newWabas, newNumbers);
          return true;
        });
  }

  private void remember(Collection<Waba> newWabas, Collection<PhoneNumber> newNumbers) {
    newWabas.forEach(
        w -> {
          wabas.putIfAbsent(key(w.workspace(), w.id()), w);
          changed(w.workspace());
        });
    newNumbers.forEach(
        n -> {
          numbers.putIfAbsent(key(n.workspace(), n.id()), n);
          changed(n.workspace());
        });
  }

  @Override
  public Optional<App> app(WorkspaceId workspace) {
    return Optional.ofNullable(apps.get(workspace));
  }

  @Override
  public void putApp(App app) {
    changes.run(
        () -> {
          store.putApp(app);
          return apps.put(app.workspace(), app);
        });
    changed(app.workspace());
  }

  @Override
  public List<Secret> secrets() {
    return stored;
  }

  @Override
  public void putSecret(
      WorkspaceId workspace, String name, String value, Instant now, Instant formerUntil) {
    changes.run(
        () -> {
          store.putSecret(workspace, name, value, now, formerUntil);
          stored = usable.of(store.secrets());
          secrets = new SecretsInForce(stored, fallbacks);
          return workspaces.add(workspace);
        });
  }

  @Override
  public List<Token> tokens() {
    return tokens.all();
  }

  @Override
  public Optional<Token> token(String hash) {
    return tokens.find(hash);
  }

  @Override
  public void tokensUsed(Map<TokenId, Instant> lastUse) {
    tokens.used(lastUse);
  }

  @Override
  public boolean deleteToken(TokenId id) {
    return changes.run(
        () -> {
          boolean existed = store.deleteToken(id);
          tokens.read();
          return existed;
        });
  }

  /// Writes when tokens were used.
  void writeTokensUsed() {
    changes.run(
        () -> {
          tokens.write();
          return true;
        });
  }

  @Override
  public void putToken(Token token) {
    changes.run(
        () -> {
          store.putToken(token);
          tokens.read();
          return true;
        });
  }
}
