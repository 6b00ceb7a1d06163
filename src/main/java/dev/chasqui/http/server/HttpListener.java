package dev.chasqui.http.server;

import dev.chasqui.http.EventLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// An HTTP/1.1 server on one port, spread over all event loops. Safe for use by many threads.
///
/// To stop: [#stopAccepting()], [#drain(Duration)], [#close()].
public final class HttpListener implements AutoCloseable {

  private static final long POLL_MILLIS = 5;

  /// Vert.x binds a free port for each negative number and shares it between its servers.
  private static final AtomicInteger FREE_PORTS = new AtomicInteger();

  private final Shared shared;
  private final List<LoopServer> servers;
  private final int port;

  private HttpListener(Shared shared, List<LoopServer> servers, int port) {
    this.shared = shared;
    this.servers = servers;
    this.port = port;
  }

  /// Binds and begins to answer.
  ///
  /// @throws ListenException if the address cannot be bound
  public static HttpListener start(
      EventLoops loops,
      ServerSettings settings,
      Routes routes,
      ErrorTable errors,
      ServerEvents events) {
    HttpListener listener = bind(loops, settings, routes, errors, events);
    listener.open(routes);
    return listener;
  }

  /// Binds, and answers 503 to everything but the first routes until [#open].
  ///
  /// @throws ListenException if the address cannot be bound
  public static HttpListener bind(
      EventLoops loops,
      ServerSettings settings,
      Routes routes,
      ErrorTable errors,
      ServerEvents events) {
    Shared shared = new Shared(settings, routes, errors, events);
    List<LoopServer> servers =
        loops.contexts().stream()
            .map(context -> new LoopServer(loops.vertx(), context, shared))
            .toList();
    if (loops.isBound(settings.host(), settings.port())) {
      // Vert.x would let two listeners share the port.
      throw new ListenException(settings, null);
    }
    return new HttpListener(shared, servers, listen(servers, settings));
  }

  /// Answers by these routes from now on.
  public void open(Routes routes) {
    shared.open(routes);
  }

  /// The port that is bound, also where the settings say 0.
  public int port() {
    return port;
  }

  public int connections() {
    return shared.connections.all();
  }

  /// How many requests are read or answered at the moment.
  public int requests() {
    return shared.requests.get();
  }

  /// How many body bytes are held for requests that are not answered yet.
  public long bodyBytesInFlight() {
    return shared.bodies.all().now();
  }

  /// How many of them are of bodies that have not arrived whole.
  public long partialBodyBytes() {
    return shared.bodies.partial().now();
  }

  /// Whether bodies that have not arrived whole had to go within the last seconds, because there
  /// was no room for all of them.
  public boolean isShortOfBodyRoom() {
    return shared.bodies.partial().isShort();
  }

  /// True if the listener has as many connections as it may.
  public boolean isShortOfConnections() {
    return shared.connections.isFull();
  }

  /// Refuses new connections and closes idle ones. Requests that have begun are answered with
  /// `Connection: close`.
  public void stopAccepting() {
    shared.stopping = true;
    servers.forEach(LoopServer::stopAccepting);
  }

  /// Waits until all requests are answered.
  ///
  /// @return false if some were not when the limit passed
  public boolean drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (shared.requests.get() > 0) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return true;
  }

  /// Closes the port and all connections.
  @Override
  public void close() {
    shared.stopping = true;
    servers.forEach(server -> EventLoops.await(server.close()));
  }

  private static int listen(List<LoopServer> servers, ServerSettings settings) {
    int wanted = settings.port() == 0 ? FREE_PORTS.decrementAndGet() : settings.port();
    int bound = 0;
    try {
      for (LoopServer server : servers) {
        bound = EventLoops.await(server.listen(wanted));
      }
      return bound;
    } catch (RuntimeException e) {
      servers.forEach(server -> EventLoops.await(server.close()));
      throw new ListenException(settings, e);
    }
  }
}
