package dev.chasqui.app;

import dev.chasqui.alerts.AlertSettings;
import dev.chasqui.alerts.Alerts;
import dev.chasqui.alerts.Receivers;
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
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Routes;
import dev.chasqui.ingress.Ingress;
import dev.chasqui.ingress.SourceContext;
import dev.chasqui.messaging.ResendSwitched;
import dev.chasqui.model.EndpointId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.operations.alerts.AlertOperations;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.projection.Projection;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.MetricsKeys;
import dev.chasqui.settings.Settings;
import java.security.SecureRandom;
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
  private final Host host;
  private final Foundations base;
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
  private final TailAdapter tail;
  private final ReceiverMetrics receivers;
  private final Metered metered;
  private final WriteSeries series;
  private final Dispatcher dispatcher;
  private final Projection projection;
  private final ReplayAdapter replays;
  private final MessagesOut messages;
  private final ResendSwitched resends;
  private final Ingress ingress;
  private final SavedRejects savedRejects;
  private final DeleteOld deleteOld;
  private final Housekeep housekeep;
  private final StoreProbe probe;
  private final AtomicBoolean stopping = new AtomicBoolean();

  private Gateway(Settings settings, Map<String, String> environment, Foundations base) {
    this.settings = settings;
    this.host = base.host();
    this.base = base;
    PackageSettings bounds = new PackageSettings(settings);
    this.bridged = new BridgedMessages(base.store().events());
    this.bodies = new CanonicalBody(sources, bridged);
    this.sender = HttpSender.start(base.loops(), bounds.deliveryClient());
    this.alerts = newAlerts();
    this.tail = new TailAdapter(base);
    this.receivers = new ReceiverMetrics(host.metrics(), settings);
    this.series = newSeries();
    this.metered = new Metered(host.metrics(), alerts, tail, receivers, series.counts());
    this.dispatcher = newDispatcher(bounds);
    this.projection = newProjection(bounds);
    this.replays = new ReplayAdapter(base, projection, dispatcher, timing());
    this.messages = newMessages();
    this.resends = newResends();
    Surfaces surfaces = newSurfaces(bounds, SecretsInForce.fromEnvironment(environment));
    this.ingress = newIngress(bounds, surfaces);
    this.savedRejects = SavedRejects.restore(settings.get(Keys.DATA), ingress);
    this.deleteOld = new DeleteOld(base, projection, bounds);
    this.housekeep = newHousekeep(surfaces);
    this.probe = new StoreProbe(base.store(), host.supervisor());
    ingress.refill();
    dispatcher.start(host.supervisor());
    projection.start(host.supervisor());
    replays.begin();
    alerts.start(host.supervisor());
    housekeep.start();
    series.start();
    resends.start(host.supervisor());
    addGauges();
    open(surfaces);
  }

  private Surfaces newSurfaces(PackageSettings bounds, Map<String, String> secrets) {
    SystemAdapter system = new SystemAdapter(base, settings, projection, dispatcher);
    Surfaces.Engines engines =
        new Surfaces.Engines(
            sender,
            dispatcher,
            projection,
            replays,
            newDialects(),
            messages,
            new Surfaces.Watching(tail.tail(), system));
    return new Surfaces(base, engines, bounds, secrets);
  }

  /// From here on others are answered.
  private void open(Surfaces surfaces) {
    host.data().protect();
    Routes publicRoutes = surfaces.publicRoutes();
    ingress.addTo(publicRoutes);
    ReadyNotes notes = new ReadyNotes(base, host.listeners().publicListener(), ingress);
    notes.unset().forEach(note -> LOG.log(System.Logger.Level.WARNING, note));
    probe.start();
    new Readiness(new Readiness.Parts(base, probe, projection, dispatcher, stopping::get, notes))
        .addTo(publicRoutes);
    FirstToken.ensure(
        base.directory(), settings.get(Keys.ADMIN_TOKEN), new SecureRandom(), base.clock());
    host.listeners().open(publicRoutes, surfaces.adminRoutes());
  }

  /// Opens everything and takes traffic when it returns.
  ///
  /// @param environment the process environment, for secrets that stand in for stored ones
  public static Gateway start(Settings settings, Map<String, String> environment) {
    SecretsInForce.check(environment);
    Map<String, String> effective = settings.describe();
    effective.putAll(SecretsInForce.describe(environment));
    effective.forEach((name, value) -> LOG.log(System.Logger.Level.INFO, name + " = " + value));
    return start(settings, environment, Supervisor.ofProcess());
  }

  /// @param supervisor ends the process when a loop is dead
  static Gateway start(Settings settings, Map<String, String> environment, Supervisor supervisor) {
    Host host = Host.take(settings, supervisor);
    Closing closing = new Closing();
    try {
      Foundations base = Foundations.open(settings, environment, host);
      try {
        return new Gateway(settings, environment, base);
      } catch (RuntimeException | Error e) {
        base.close(closing);
        throw e;
      }
    } catch (RuntimeException | Error e) {
      host.close(closing);
      throw e;
    }
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
    return host.listeners().publicUrl();
  }

  /// For example `http://127.0.0.1:8081`.
  public String adminUrl() {
    return host.listeners().adminUrl();
  }

  private Housekeep newHousekeep(Surfaces surfaces) {
    Runnable tidy =
        () -> {
          surfaces.expire();
          savedRejects.save();
          deleteOld.run();
        };
    return new Housekeep(
        new Housekeep.Tasks(ingress::refresh, tidy, deleteOld::isShortOfRoom),
        Housekeep.PAUSE,
        host.supervisor());
  }

  private WriteSeries newSeries() {
    int labels = settings.get(MetricsKeys.SERIES_LABELS);
    SeriesCounts counts = new SeriesCounts(labels, base.clock(), base.directory()::current);
    return new WriteSeries(
        counts, base.store().series(), host.metrics(), WriteSeries.PAUSE, host.supervisor());
  }

  private void addGauges() {
    new FirstSeries(host.metrics()).begin();
    new Gauges(base, dispatcher, projection, alerts).addTo(host.metrics());
    new DiskGauges(settings).addTo(host.metrics());
    receivers.addTables(
        base.directory()::endpoints, dispatcher::health, base.store().deliveryViews());
    host.metrics()
        .gauge(
            "chasqui_rejected_bytes",
            "Bytes of webhooks in the journal that failed verification.",
            ingress::rejectedBytes);
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
        new MeteredMessages(host.metrics(), alerts));
  }

  private Dispatcher newDispatcher(PackageSettings bounds) {
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

  private Projection newProjection(PackageSettings bounds) {
    Directory directory = base.directory();
    Projection.Ports ports =
        new Projection.Ports(
            base.journal(),
            bodies,
            base.store(),
            new Projection.Rules(directory, directory::routingTable, base.fallbacks()),
            dialects,
            new DispatchAdapter(dispatcher, bodies, metered, tail));
    return new Projection(ports, bounds.projection(), base.clock());
  }

  private Ingress newIngress(PackageSettings bounds, Surfaces surfaces) {
    FallbackSendersAdapter bridges = new FallbackSendersAdapter(base, surfaces.turnGate());
    return new Ingress(
        bounds.ingress(),
        base.journal(),
        new SourceContext(
            base.directory(),
            new SourceContext.Senders(base.senders(), sources, bridges),
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
            new Receivers(directory::endpoints, this::health, directory::isUnsubscribed),
            sender,
            workspace -> directory.secretValues(workspace, AlertOperations.SECRET),
            this::lag,
            () -> host.metrics().count("chasqui_contacts_switched"),
            new Alerts.Troubles(base::unusable, () -> base.journal().state().trouble()));
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

  /// Refuses new connections, lets what is in flight end up to the limit, writes it down, closes.
  @Override
  public void close() {
    if (!stopping.compareAndSet(false, true)) {
      return;
    }
    Duration limit = settings.get(Keys.STOP_LIMIT);
    Closing closing = new Closing();
    HttpListener publicListener = host.listeners().publicListener();
    closing.step("tails", tail.tail()::close);
    closing.step("public listener", publicListener::stopAccepting);
    closing.step("requests under way", () -> publicListener.drain(limit));
    closing.step("deliveries under way", () -> dispatcher.drain(limit));
    closing.step("resends", resends::close);
    closing.step("deleting of what is old", deleteOld::stop);
    closing.step("housekeeping", housekeep::close);
    closing.step("counts of rejected webhooks", savedRejects::save);
    closing.step("replays", replays::close);
    closing.step("alerts", alerts::close);
    closing.step("projection", projection::close);
    closing.step("dispatcher", dispatcher::close);
    closing.step("numbers over time", series::close);
    closing.step("messages under way", messages::close);
    closing.step("public listener", publicListener::close);
    closing.step("admin listener", host.listeners().admin()::close);
    closing.step("sender", sender::close);
    closing.step("store probe", probe::close);
    base.close(closing);
    host.close(closing);
    closing.report();
  }
}
