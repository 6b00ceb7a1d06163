package dev.chasqui.http.server;

import dev.chasqui.http.server.ServerSettings.Limits;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The limits, routes and counters that the loops of one listener share.
final class Shared {

  volatile RouteTable routes;
  final ServerSettings settings;
  final ServerEvents events;
  final SourceAddress sources;
  final BodyBudget bodies;
  final BytesInFlight answers;
  final BlockingRequests blocking;
  final RunStreams streams;
  final HandlerFailures failures;
  final ErrorAnswers errors;
  final Function<Request, Optional<Response>> unrouted;
  final OpenConnections connections;
  final HttpDate date = new HttpDate(InstantSource.system());
  final AtomicInteger requests = new AtomicInteger();
  volatile boolean stopping;

  /// Whether all routes are there. Before, what has no route is answered 503, not 404.
  volatile boolean isOpen;

  Shared(ServerSettings settings, Routes routes, ErrorTable errors, ServerEvents events) {
    Limits limits = settings.limits();
    this.settings = settings;
    this.events = events;
    this.routes = new RouteTable(routes.list());
    this.sources = new SourceAddress(settings.trustedProxies());
    this.bodies =
        new BodyBudget(
            new BytesInFlight(limits.bodyBytesInFlight()),
            new PartialBodies(
                limits.shares().partialBodyBytes(),
                limits.shares().partialBodyBytesPerAddress(),
                System::nanoTime));
    this.answers = new BytesInFlight(limits.answerBytes());
    this.connections = new OpenConnections(limits, sources);
    this.errors = new ErrorAnswers(routes.shapes());
    this.unrouted = routes.unrouted();
    this.failures = new HandlerFailures(errors, this.errors);
    this.streams = new RunStreams(settings.streams(), failures);
    this.blocking = new BlockingRequests(limits.blockingRequests(), failures);
  }

  /// Puts all routes in the place of the first ones.
  void open(Routes all) {
    errors.shapeAs(all.shapes());
    routes = new RouteTable(all.list());
    isOpen = true;
  }

  boolean isReadyFor(String method, @Nullable String path) {
    return isOpen || (path != null && routes.match(method, path) instanceof RouteTable.Found);
  }
}
