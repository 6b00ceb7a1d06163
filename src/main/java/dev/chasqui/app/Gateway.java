package dev.chasqui.app;

import dev.chasqui.alerts.AlertSettings;
import dev.chasqui.alerts.Alerts;
import dev.chasqui.alerts.Receivers;
import dev.chasqui.api.operator.AlertRoutes;
import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.Ports;
import dev.chasqui.delivery.Timing;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.exotel.ExotelDialect;
import dev.chasqui.dialect.exotel.ExotelSource;
import dev.chasqui.dialect.meta.MetaDialect;
import dev.chasqui.dialect.standard.StandardDialect;
import dev.chasqui.dialect.turn.FallbackSource;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.dialect.turn.TurnSource;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Routes;
import dev.chasqui.ingress.DoorKeeper;
import dev.chasqui.ingress.Ingress;
import dev.chasqui.messaging.ResendSwitched;
import dev.chasqui.model.EndpointId;
import dev.chasqui.observe.Metrics;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.projection.Projection;
import dev.chasqui.settings.Key;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.Type;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/// The whole program, put together top to bottom: foundations (loops, store, journal, what
/// operators set), then dispatch, project, accept, then the listeners. It is closed in the opposite
/// order.
public final class Gateway implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(Gateway.class.getName());

  private final Settings settings;
  private final Foundations base;
  private final Metrics metrics = new Metrics();
  private final SourceDialects sources =
      new SourceDialects(List.of(new TurnSource(), new ExotelSource(), new FallbackSource()));
  private final BridgedMessages bridged;
  private final CanonicalBody bodies;
  private final Dialects dialects =
      new Dialects(
          List.of(
              new MetaDialect(), new TurnDialect(), new ExotelDialect(), new StandardDialect()));
  private final HttpSender sender;
  private final Alerts alerts;
  private final TailBridge tail;
  private final Metered metered;
  private final Dispatcher dispatcher;
  private final Projection projection;
  private final ReplayBridge replays;
  private final MessagesOut messages;
  private final ResendSwitched resends;
  private final Ingress ingress;
  private final SavedRejects savedRejects;
  private final Housekeep housekeep;
  private final HttpListener admin;
  private final HttpListener doors;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Gateway(Settings settings, Map<String, String> environment) {
    this.settings = settings;
    Bounds bounds = new Bounds(settings);
    this.base = Foundations.open(settings, environment);
    this.bridged = new BridgedMessages(base.store().events());
    this.bodies = new CanonicalBody(sources, bridged);
    this.sender = HttpSender.start(base.loops(), bounds.deliveryClient());
    this.alerts = newAlerts();
    this.tail = new TailBridge(base);
    this.metered = new Metered(metrics, alerts, tail);
    Dialects dialects = newDialects();
    this.dispatcher = newDispatcher(bounds);
    this.projection = newProjection(bounds);
    this.replays = new ReplayBridge(base, projection, dispatcher, timing());
    this.messages = newMessages();
    this.resends = newResends();
    Surfaces.Engines engines =
        new Surfaces.Engines(
            sender, dispatcher, projection, replays, dialects, messages, tail.tail());
    Surfaces surfaces =
        new Surfaces(base, engines, bounds, metrics, SecretsInForce.fromEnvironment(environment));
    this.ingress = newIngress(bounds, surfaces);
    this.savedRejects = SavedRejects.restore(settings.get(Keys.DATA), ingress);
    this.housekeep = newHousekeep(bounds, surfaces);
    ingress.refill();
    addGauges();
    dispatcher.start();
    projection.start();
    replays.begin();
    alerts.start();
    housekeep.start();
    resends.start();
    this.admin = listen(bounds, Keys.ADMIN_ADDRESS, surfaces.adminRoutes());
    Routes doorRoutes = surfaces.publicRoutes();
    ingress.addTo(doorRoutes);
    ReadyNotes notes = new ReadyNotes(this::doors, ingress);
    new Readiness(base, projection, dispatcher, stopping::get, notes).addTo(doorRoutes);
    this.doors = listen(bounds, Keys.PUBLIC_ADDRESS, doorRoutes);
  }

  /// Opens everything and takes traffic when it returns.
  ///
  /// @param environment the process environment, for secrets that stand in for stored ones
  public static Gateway start(Settings settings, Map<String, String> environment) {
    SecretsInForce.check(environment);
    Map<String, String> effective = settings.describe();
    effective.putAll(SecretsInForce.describe(environment));
    effective.forEach((name, value) -> LOG.log(System.Logger.Level.INFO, name + " = " + value));
    return new Gateway(settings, environment);
  }

  /// The line that says where it listens.
  public String readyLine() {
    return "chasqui ready public="
        + publicUrl()
        + " admin="
        + adminUrl()
        + " pid="
        + ProcessHandle.current().pid();
  }

  /// For example `http://127.0.0.1:8080`.
  public String publicUrl() {
    return url(Keys.PUBLIC_ADDRESS, doors);
  }

  /// For example `http://127.0.0.1:8081`.
  public String adminUrl() {
    return url(Keys.ADMIN_ADDRESS, admin);
  }

  private Housekeep newHousekeep(Bounds bounds, Surfaces surfaces) {
    Runnable seldom =
        () -> {
          surfaces.expire();
          savedRejects.save();
        };
    return new Housekeep(base, projection, new Housekeep.Tasks(ingress::look, seldom), bounds);
  }

  private void addGauges() {
    new Gauges(base, dispatcher, projection, alerts).addTo(metrics);
    metrics.gauge(
        "chasqui_rejected_bytes",
        "Bytes of webhooks in the journal that failed verification.",
        ingress::rejectedBytes);
  }

  private HttpListener doors() {
    return doors;
  }

  private String url(Key<Type.Address> key, HttpListener listener) {
    return "http://" + new Type.Address(settings.get(key).host(), listener.port());
  }

  static Dialects newDialects() {
    return new Dialects(
        List.of(new MetaDialect(), new TurnDialect(), new ExotelDialect(), new StandardDialect()));
  }

  private MessagesOut newMessages() {
    return new MessagesOut(
        settings,
        base,
        projection,
        FallbackWay.of(base, sender, bridged),
        new MeteredMessages(metrics, alerts));
  }

  private Dispatcher newDispatcher(Bounds bounds) {
    Directory directory = base.directory();
    Ports ports =
        new Ports(
            base.store().deliveries(),
            facts(),
            new Ports.Resources(directory::current, directory::appSecrets),
            dialects,
            sender,
            this::disable,
            metered);
    return new Dispatcher(settings.get(Keys.NODE), ports, timing(), bounds.delivery());
  }

  private Projection newProjection(Bounds bounds) {
    Directory directory = base.directory();
    Projection.Ports ports =
        new Projection.Ports(
            base.journal(),
            bodies,
            base.store(),
            new Projection.Rules(directory, directory::routingTable, base.fallbacks()),
            dialects,
            new HandOver(dispatcher, bodies, alerts, tail));
    return new Projection(ports, bounds.projection(), base.clock());
  }

  private Ingress newIngress(Bounds bounds, Surfaces surfaces) {
    Bridges bridges = new Bridges(base, surfaces.turnDoor());
    return new Ingress(
        bounds.ingress(),
        base.journal(),
        new DoorKeeper(
            base.directory(),
            new DoorKeeper.Senders(base.senders(), sources, bridges),
            metered,
            surfaces.logins()),
        base.clock(),
        base.quickRandom());
  }

  private ResendSwitched newResends() {
    ResendSwitched.Ports ports =
        new ResendSwitched.Ports(
            base.store().fallbackSwitches(),
            base.fallbacks(),
            new JournaledMessages(base),
            messages.send()::send);
    return new ResendSwitched(ports, base.clock());
  }

  private JournalFacts facts() {
    return new JournalFacts(base.journal(), bodies);
  }

  /// The watch is told by the dispatcher and asks it: it is made first and asks later.
  private Alerts newAlerts() {
    Directory directory = base.directory();
    Alerts.Ports ports =
        new Alerts.Ports(
            base.store(),
            new Receivers(directory::endpoints, this::health),
            sender,
            workspace -> directory.secretValues(workspace, AlertRoutes.SECRET),
            this::lag,
            () -> metrics.count("chasqui_contacts_switched"),
            base::unusable);
    return new Alerts(ports, AlertSettings.of(settings), base.clock(), base.ids());
  }

  private EndpointHealth health(EndpointId endpoint) {
    return dispatcher.health(endpoint);
  }

  private Duration lag() {
    return projection.health().lag().time();
  }

  private Timing timing() {
    return new Timing(base.clock(), System::nanoTime, base.quickRandom());
  }

  private void disable(EndpointId endpoint, String reason) {
    base.directory().disable(endpoint, reason);
    dispatcher.endpointsChanged();
  }

  private HttpListener listen(Bounds bounds, Key<Type.Address> address, Routes routes) {
    HttpListener listener =
        HttpListener.start(
            base.loops(), bounds.server(address), routes, ErrorTable.standard(), metered);
    String host = settings.get(address).host();
    if (!isLoopback(host)) {
      LOG.log(
          System.Logger.Level.INFO,
          address.name() + " listens on " + host + ":" + listener.port() + ", reachable by others");
    }
    return listener;
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /// Refuses new connections, lets what is in flight end up to the limit, writes it down, closes.
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Duration limit = settings.get(Keys.STOP_LIMIT);
    Closing closing = new Closing();
    closing.step("tails", tail.tail()::close);
    closing.step("public listener", doors::stopAccepting);
    closing.step("requests under way", () -> doors.drain(limit));
    closing.step("deliveries under way", () -> dispatcher.drain(limit));
    closing.step("resends", resends::close);
    closing.step("housekeeping", housekeep::close);
    closing.step("counts of rejected webhooks", savedRejects::save);
    closing.step("replays", replays::close);
    closing.step("alerts", alerts::close);
    closing.step("projection", projection::close);
    closing.step("dispatcher", dispatcher::close);
    closing.step("messages under way", messages::close);
    closing.step("public listener", doors::close);
    closing.step("admin listener", admin::close);
    closing.step("sender", sender::close);
    base.close(closing);
    closing.report();
  }
}
