package dev.chasqui.api.operator;

import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.json.Json;
import dev.chasqui.model.DialectName;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Callers;
import dev.chasqui.operations.DeliveryTeller;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.ExotelReceivers;
import dev.chasqui.operations.FindEvent;
import dev.chasqui.operations.Handshake;
import dev.chasqui.operations.KeptOut;
import dev.chasqui.operations.ReceiverDialects;
import dev.chasqui.operations.Rotation;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.operations.alerts.AlertOperations;
import dev.chasqui.operations.deliveries.DeliveryOperations;
import dev.chasqui.operations.deliveries.RetryOperations;
import dev.chasqui.operations.endpoints.EndpointBody;
import dev.chasqui.operations.endpoints.EndpointOperations;
import dev.chasqui.operations.endpoints.EndpointViews;
import dev.chasqui.operations.endpoints.TestEndpoint;
import dev.chasqui.operations.events.EventOperations;
import dev.chasqui.operations.events.RouteOperations;
import dev.chasqui.operations.events.SwitchbordOperations;
import dev.chasqui.operations.fallback.FallbackOperations;
import dev.chasqui.operations.platform.AppOperations;
import dev.chasqui.operations.platform.NumberOperations;
import dev.chasqui.operations.platform.SecretOperations;
import dev.chasqui.operations.senders.SenderOperations;
import dev.chasqui.operations.series.SeriesOperations;
import dev.chasqui.operations.system.SystemFacts;
import dev.chasqui.operations.system.SystemOperations;
import dev.chasqui.operations.tokens.NewToken;
import dev.chasqui.operations.tokens.TokenOperations;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The operator's interface, `/api/v1` on the admin listener (docs/admin-api.md).
public final class OperatorApi {

  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final String DOCUMENT = "/api/v1/openapi.json";

  private final OperatorContext context;
  private final OperatorPorts ports;
  private final SystemFacts system;
  private final Gate gate;
  private final Rotation rotation;
  private final List<Served> operations;

  public OperatorApi(OperatorContext context, OperatorPorts ports, SystemFacts system) {
    this.context = context;
    this.ports = ports;
    this.system = system;
    ResourceStore resources = context.resources();
    this.gate = new Gate(new Callers(resources, context.secrets()), context.workspaces());
    this.rotation =
        new Rotation(
            resources,
            context.secrets(),
            ports.receivers().dialects(),
            context.random(),
            context.clock());
    this.operations = operations(resources);
  }

  /// What there is.
  List<Served> operations() {
    return operations;
  }

  /// Adds the routes to a listener.
  public void addTo(Routes routes) {
    routes.errors(new Guarded());
    routes.unrouted(request -> gate.refuseUnrouted(request).map(Guarded::answer));
    for (Served operation : operations) {
      switch (operation.way()) {
        case Served.Way.Whole(Served.Handler handler) ->
            routes.blocking(
                operation.method(),
                operation.pattern(),
                operation.hasBody() ? MAX_BODY_BYTES : 0,
                request ->
                    Compressed.of(
                        request,
                        Guarded.answer(
                            Problems.around(request, it -> answer(it, operation, handler)))));
        case Served.Way.Streamed(Served.StreamedHandler handler) ->
            routes.streaming(
                operation.method(),
                operation.pattern(),
                TailRoute.LIMITS,
                (request, _, reply) -> stream(request, operation, handler, reply));
      }
    }
  }

  private Response answer(Request request, Served operation, Served.Handler handler)
      throws InterruptedException {
    return switch (gate.enter(request, operation)) {
      case Gate.Entry.Admitted(OperatorCall call) -> handler.handle(call);
      case Gate.Entry.Refused(Response response) -> response;
    };
  }

  private void stream(
      Request request, Served operation, Served.StreamedHandler handler, StreamReply reply)
      throws InterruptedException {
    try {
      switch (gate.enter(request, operation)) {
        case Gate.Entry.Admitted(OperatorCall call) -> handler.handle(call, reply);
        case Gate.Entry.Refused(Response response) -> reply.send(Guarded.answer(response));
      }
    } catch (StoreException e) {
      throw e.isTemporary() ? Problems.unavailable(e) : e;
    }
  }

  /// What ends the overlap of rotated secrets; to be called every so often.
  public Rotation rotation() {
    return rotation;
  }

  private List<Served> operations(ResourceStore resources) {
    List<Served> all = new ArrayList<>();
    all.addAll(bound(secrets(resources).all()));
    all.addAll(bound(app(resources).all()));
    all.addAll(bound(new NumberOperations(resources, ports.changed()).all()));
    all.addAll(bound(sources(resources).all()));
    all.addAll(bound(fallbacks(resources).all()));
    all.addAll(bound(endpoints(resources).all(ports.replayer())));
    all.addAll(bound(tokens(resources).all()));
    all.addAll(bound(new SeriesOperations(context.store().series(), context.clock()).all()));
    all.addAll(bound(alerts(resources).all()));
    all.addAll(bound(new SystemOperations(system).all()));
    all.addAll(views(resources));
    all.add(Served.of("GET", DOCUMENT, "This document", _ -> document()));
    return List.copyOf(all);
  }

  private Response document() {
    return Response.json(200, Json.bytes(OpenApiDocument.write(operations)));
  }

  private SecretOperations secrets(ResourceStore resources) {
    return new SecretOperations(
        resources,
        context.secrets(),
        ports.changed(),
        ports.events().reverifier(),
        context.clock());
  }

  private AppOperations app(ResourceStore resources) {
    ReceiverDialects.Traits meta =
        ports.receivers().dialects().find(DialectName.META).orElseThrow();
    return new AppOperations(
        resources,
        new Callbacks(resources, meta.defaults()),
        ports.changed(),
        new Handshake(ports.sender(), context.random()),
        ports.sender());
  }

  private SenderOperations sources(ResourceStore resources) {
    Optional<ExotelReceivers> receivers =
        ports
            .receivers()
            .dialects()
            .find(DialectName.EXOTEL)
            .map(it -> new ExotelReceivers(resources, it.defaults(), context.clock()));
    return new SenderOperations(
        ports.sources(),
        resources,
        ports.changed(),
        account -> receivers.ifPresent(it -> it.follow(account)),
        context.clock());
  }

  private FallbackOperations fallbacks(ResourceStore resources) {
    return new FallbackOperations(
        ports.fallbacks(),
        resources,
        new FallbackOperations.Parts(
            ports.sender(), ports.changed(), context.random(), context.clock()));
  }

  private EndpointOperations endpoints(ResourceStore resources) {
    EndpointOperations.Parts parts =
        new EndpointOperations.Parts(
            resources,
            ports.changed(),
            new EndpointBody(ports.receivers().dialects(), ports.sender()),
            new EndpointViews(
                ports.receivers().healths(), context.store().deliveryViews(), context.clock()),
            rotation,
            context.ids(),
            context.clock());
    return new EndpointOperations(parts, new TestEndpoint(ports.receivers().test()));
  }

  private TokenOperations tokens(ResourceStore resources) {
    return new TokenOperations(
        resources,
        ports.changed(),
        context.ids(),
        new NewToken(context.random(), Callers::hash),
        context.clock());
  }

  private static List<Served> bound(List<dev.chasqui.operations.Operation<?, ?>> operations) {
    return operations.stream().map(it -> Served.of(OperatorRoutes.bind(it))).toList();
  }

  private AlertOperations alerts(ResourceStore resources) {
    AlertOperations.Parts parts =
        new AlertOperations.Parts(
            ports.receivers().dialects().find(DialectName.STANDARD).orElseThrow(),
            rotation,
            ports.sender(),
            ports.changed(),
            context.clock());
    return new AlertOperations(context.store().alerts(), resources, context.secrets(), parts);
  }

  private List<Served> views(ResourceStore resources) {
    Store store = context.store();
    OperatorPorts.Events events = ports.events();
    FindEvent find = new FindEvent(store.events(), events.gate());
    EndpointHealths healths = ports.receivers().healths();
    KeptOut keptOut =
        new KeptOut(store.events(), store.deliveryViews(), events.raw(), events.explainer());
    List<Served> all = new ArrayList<>();
    all.addAll(events(resources, keptOut));
    DeliveryOperations.Stored stored =
        new DeliveryOperations.Stored(store.deliveryViews(), store.events(), resources);
    all.addAll(
        bound(
            new DeliveryOperations(stored, healths, events.gate(), keptOut, events.memory())
                .all()));
    all.addAll(
        bound(
            new RetryOperations(resources, store.deliveryViews(), healths, ports.replayer())
                .all()));
    SubmissionRoutes submissions =
        new SubmissionRoutes(store.submissions(), store.events(), events.gate());
    all.addAll(submissions.operations());
    all.addAll(new LedgerRoutes(store.events(), submissions, events.gate()).operations());
    all.addAll(new ContactRoutes(store.contacts(), events.gate(), context.clock()).operations());
    all.addAll(new JobRoutes(store.jobs(), find, ports.replayer()).operations());
    all.addAll(new ReplayRoutes(store.jobs(), ports.replayer()).operations());
    all.addAll(new TailRoute(events.tail(), store, context.clock(), gate::isStillIn).operations());
    return all;
  }

  private List<Served> events(ResourceStore resources, KeptOut keptOut) {
    Store store = context.store();
    OperatorPorts.Events events = ports.events();
    EventOperations.Reading reading =
        new EventOperations.Reading(
            new FindEvent(store.events(), events.gate()),
            new UpToDate(events.gate()),
            events.raw(),
            events.memory());
    EndpointHealths healths = ports.receivers().healths();
    List<dev.chasqui.operations.Operation<?, ?>> all = new ArrayList<>();
    all.addAll(
        new EventOperations(
                store.events(),
                store.deliveryViews(),
                reading,
                keptOut,
                call -> new DeliveryTeller(resources, healths, call.mayReadContent()))
            .all());
    all.addAll(new RouteOperations(reading, events.explainer()).all());
    all.addAll(
        new SwitchbordOperations(store.events(), store.jobs(), reading, ports.replayer()).all());
    return bound(all);
  }
}
