package dev.chasqui.app;

import dev.chasqui.api.exotel.ExotelApi;
import dev.chasqui.api.graph.GraphApi;
import dev.chasqui.api.operator.Guarded;
import dev.chasqui.api.operator.LiveTail;
import dev.chasqui.api.operator.OperatorApi;
import dev.chasqui.api.operator.OperatorContext;
import dev.chasqui.api.operator.OperatorPorts;
import dev.chasqui.api.turn.ApplicationSettings;
import dev.chasqui.api.turn.Claims;
import dev.chasqui.api.turn.ContactCalls;
import dev.chasqui.api.turn.ContactCheck;
import dev.chasqui.api.turn.MediaCalls;
import dev.chasqui.api.turn.MessageCalls;
import dev.chasqui.api.turn.ProfileCalls;
import dev.chasqui.api.turn.TurnApi;
import dev.chasqui.api.turn.TurnGate;
import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.http.server.LoginCheck;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Metrics;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.ExotelReceivers;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.Secrets;
import dev.chasqui.operations.TurnReceiver;
import dev.chasqui.operations.system.SystemFacts;
import dev.chasqui.outbound.Sender;
import dev.chasqui.projection.Projection;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The management surfaces, led to the engines behind them.
final class Surfaces {

  private static final int SECRET_BYTES = 32;
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final Duration LEDGER_LIMIT = Duration.ofSeconds(5);

  private final Foundations base;
  private final Engines engines;
  private final Metrics metrics;
  private final OperatorApi operator;
  private final GraphApi graph;
  private final TurnGate turnGate;
  private final TurnApi turn;
  private final Optional<ExotelApi> exotel;
  private final LoginGuard logins;

  /// The parts that the surfaces call.
  record Engines(
      HttpSender sender,
      Dispatcher dispatcher,
      Projection projection,
      ReplayAdapter replays,
      Dialects dialects,
      MessagesOut messages,
      Watching watching) {}

  /// What operators look at.
  record Watching(LiveTail tail, SystemFacts system) {}

  /// @param environment secrets of the default workspace by name, where none is stored
  Surfaces(
      Foundations base, Engines engines, PackageSettings bounds, Map<String, String> environment) {
    this.base = base;
    this.engines = engines;
    this.metrics = base.host().metrics();
    this.logins = new LoginGuard(bounds.logins(), base.clock());
    SecureRandom random = new SecureRandom();
    Directory directory = base.directory();
    Secrets secrets = new Secrets(directory, environment, base.clock());
    Sender sender = engines.sender();
    this.operator =
        new OperatorApi(
            new OperatorContext(
                base.store(), directory, secrets, this::exists, base.ids(), random, base.clock()),
            ports(sender, bounds.readMemory()),
            engines.watching().system());
    this.graph = graph(secrets, sender, random);
    this.turnGate = new TurnGate(new Callers(directory, secrets), bounds.turnRates(base.clock()));
    this.turn = turn(sender, random, bounds.claimLifetime());
    this.exotel = engines.dialects().find(DialectName.EXOTEL).map(it -> exotel(it, sender, random));
  }

  /// A workspace comes into being when something is first set in it.
  private boolean exists(WorkspaceId workspace) {
    return base.directory().exists(workspace)
        || base.fallbacks().isWatched(workspace)
        || base.senders().sources().stream().anyMatch(it -> it.workspace().equals(workspace));
  }

  private GraphApi graph(Secrets secrets, Sender sender, SecureRandom random) {
    return new GraphApi(
        new GraphApi.Context(
            base.directory(),
            secrets,
            engines.dialects().get(DialectName.META).defaults(),
            sender,
            engines.dispatcher()::endpointsChanged,
            random,
            new GraphApi.Messaging(
                engines.messages().send()::send,
                engines.messages().upstream()::post,
                engines.messages().media(),
                engines.messages().passing(metrics, base.clock()))));
  }

  private ExotelApi exotel(Dialect dialect, Sender sender, SecureRandom random) {
    ExotelReceivers receivers =
        new ExotelReceivers(base.directory(), dialect.defaults(), base.clock());
    return new ExotelApi(
        new ExotelApi.Context(
            base.senders(),
            receivers,
            engines.dispatcher()::deadLetter,
            sender,
            engines.dispatcher()::endpointsChanged,
            random,
            logins));
  }

  private TurnApi turn(Sender sender, SecureRandom random, Duration claimLifetime) {
    Dialect dialect = engines.dialects().get(DialectName.TURN);
    TurnReceiver receiver =
        new TurnReceiver(
            base.directory(), dialect.defaults(), () -> dialect.newSecret(bytes(random)));
    Claims claims =
        new Claims(
            base.store().claims(), base.store().contacts()::ids, claimLifetime, base.clock());
    return new TurnApi(
        turnGate,
        List.of(
            new MessageCalls(
                engines.messages().send()::send,
                engines.messages().upstream()::post,
                new ContactCheck(this::switchToFallback),
                claims,
                engines.messages().codes()),
            claims,
            new ContactCalls(
                base.store().contacts(), histories(dialect), this::bringUpToDate, base.clock()),
            new ProfileCalls(base.store().contacts(), this::bringUpToDate, base.clock()),
            new MediaCalls(engines.messages().media()),
            new ApplicationSettings(
                receiver,
                engines.dispatcher()::deadLetter,
                sender,
                engines.dispatcher()::endpointsChanged)));
  }

  private Histories histories(Dialect turn) {
    JournalFacts facts = new JournalFacts(base.journal(), engines.projection().bodies());
    return new Histories(base.store().events(), facts, turn);
  }

  /// Clients read what they have just been told of.
  private void bringUpToDate() throws InterruptedException {
    var _ = engines.projection().awaitProjected(LEDGER_LIMIT);
    var _ = engines.projection().flushLedger(LEDGER_LIMIT);
  }

  /// A contact whom WhatsApp does not reach, of a number that has another way.
  private void switchToFallback(WorkspaceId workspace, String phoneNumberId, String contact) {
    if (base.fallbacks().fallbackChannel(workspace, phoneNumberId).isPresent()) {
      var _ = base.store().contacts().setFallback(workspace, contact, true, base.clock().instant());
    }
  }

  private static byte[] bytes(SecureRandom random) {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  private OperatorPorts ports(Sender sender, ReadMemory memory) {
    Dispatcher dispatcher = engines.dispatcher();
    EventsAdapter events =
        new EventsAdapter(base, engines.projection(), dispatcher, engines.dialects());
    return new OperatorPorts(
        dispatcher::endpointsChanged,
        base.senders(),
        base.fallbacks(),
        sender,
        new OperatorPorts.Receivers(
            this::traits,
            new HealthAdapter(dispatcher),
            new SendSample(engines.dialects(), engines.sender(), base)),
        new OperatorPorts.Events(events, events, events, events, engines.watching().tail(), memory),
        engines.replays());
  }

  private Optional<ReceiverDialects.Traits> traits(DialectName name) {
    return engines
        .dialects()
        .find(name)
        .map(
            it ->
                new ReceiverDialects.Traits(
                    it.defaults(), it::secretObjection, it::newSecret, it.subscriptions()));
  }

  Routes adminRoutes() {
    Routes routes = new Routes();
    operator.addTo(routes.logins(LoginCheck.challenging(logins)));
    routes.logins(null);
    routes.get(
        "/metrics",
        request -> Guarded.answer(Response.of(200, PROMETHEUS, Bytes.utf8(metrics.scrape()))));
    return routes;
  }

  Routes publicRoutes() {
    Routes routes = new Routes();
    graph.addTo(routes.logins(LoginCheck.challenging(logins)));
    turn.addTo(
        routes.logins(
            new LoginCheck(
                logins, it -> LoginCheck.isChallenge(it) || TurnGate.isOfWrongToken(it))));
    // It counts wrong logins itself, to tell so in Exotel's words.
    routes.logins(null);
    exotel.ifPresent(it -> it.addTo(routes));
    return routes;
  }

  /// Whom wrong credentials are counted against, whatever the surface.
  LoginGuard logins() {
    return logins;
  }

  /// Webhooks of fallback channels ask it for the owners of tokens.
  TurnGate turnGate() {
    return turnGate;
  }

  /// Ends overlaps of rotated secrets that are over.
  void expire() {
    operator.rotation().expire();
    base.directory().writeTokensUsed();
  }
}
