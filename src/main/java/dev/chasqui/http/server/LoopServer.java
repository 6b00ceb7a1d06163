package dev.chasqui.http.server;

import dev.chasqui.http.AddressBlock;
import dev.chasqui.http.server.ServerEvents.Refusal;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The part of a listener that lives on one event loop: a Vert.x server and its connections.
final class LoopServer {

  private static final System.Logger LOG = System.getLogger(LoopServer.class.getName());

  /// How much body is read of a request that no route wants.
  static final int UNROUTED_BODY_BYTES = 64 << 10;

  private static final int ACCEPT_BACKLOG = 4096;
  private static final int MAX_SHUTDOWN_HOURS = 24;
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  private final Vertx vertx;
  private final ContextInternal context;
  private final EventLoop thread;
  private final Shared shared;
  private final ReplyQueue replies;
  private final Lateness lateness;
  private final Http1ServerConfig parserLimits;
  private final ConnectionTable connections = new ConnectionTable();
  private final HttpServer server;
  private long tick;
  private long timer;

  LoopServer(Vertx vertx, Context context, Shared shared) {
    this.vertx = vertx;
    this.context = (ContextInternal) context;
    this.thread = this.context.nettyEventLoop();
    this.shared = shared;
    this.replies = new ReplyQueue(thread);
    this.lateness = new Lateness(shared.settings.deadlines());
    this.parserLimits = parserLimits(shared.settings);
    this.server =
        vertx
            .createHttpServer(options())
            .connectionHandler(this::accept)
            .requestHandler(this::begin)
            .invalidRequestHandler(this::refuseInvalid)
            .exceptionHandler(_ -> {}); // A caller's reset is no news.
  }

  /// Binds a port, or joins the loop that has bound the same one.
  Future<Integer> listen(int port) {
    return onLoop(
        () -> {
          timer = vertx.setPeriodic(lateness.tickLength().toMillis(), _ -> lookAround());
          return server.listen(port, shared.settings.host()).map(HttpServer::actualPort);
        });
  }

  /// Accepts no more, closes idle connections, and lets the others finish.
  void stopAccepting() {
    context.runOnContext(_ -> server.shutdown(MAX_SHUTDOWN_HOURS, TimeUnit.HOURS));
  }

  /// Closes what is still open.
  Future<Void> close() {
    return onLoop(
        () -> {
          vertx.cancelTimer(timer);
          connections.forEach(Connection::close);
          return server.close();
        });
  }

  long tick() {
    return tick;
  }

  /// A duration in ticks, rounded up.
  long ticks(Duration duration) {
    return lateness.ticks(duration);
  }

  /// Runs an action on the loop, from any thread, in the order of the calls of each. When the loops
  /// have ended there is no connection left for which it could do anything.
  void execute(Runnable action) {
    try {
      context.runOnContext(_ -> action.run());
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "the event loops have ended");
    }
  }

  Shared shared() {
    return shared;
  }

  ServerEvents events() {
    return shared.events;
  }

  ReplyQueue replies() {
    return replies;
  }

  boolean isCurrent() {
    return thread.inEventLoop();
  }

  void remove(Connection connection) {
    if (connections.remove(connection)) {
      shared.connections.leave(connection.peer());
    }
  }

  private void accept(HttpConnection accepted) {
    var pipeline = ((VertxConnection) accepted).channelHandlerContext().pipeline();
    Connection connection = Connection.watch(this, pipeline);
    connections.add(connection);
    switch (shared.connections.enter(connection.peer())) {
      case ROOM -> {}
      case SHARE_IS_FULL -> refuseFull(connection, Refusal.TOO_MANY_CONNECTIONS_OF_ADDRESS);
      case FULL -> makeRoomFor(connection);
    }
  }

  private static void refuseFull(Connection connection, Refusal why) {
    connection.refuse(
        new ProblemException(503, "Busy", "too many connections are open; try again in a moment"),
        why);
  }

  /// The address with the most connections gives one up, if it has one that asked for nothing yet.
  private void makeRoomFor(Connection newest) {
    AddressBlock crowd = shared.connections.crowdBeside(newest.peer());
    Connection idlest = crowd == null ? null : connections.longestUseless(crowd);
    if (idlest == null) {
      refuseFull(newest, Refusal.TOO_MANY_CONNECTIONS);
      return;
    }
    refuseFull(idlest, Refusal.CONNECTION_DISPLACED);
  }

  private void begin(HttpServerRequest request) {
    Connection connection = connection(request);
    HeadRules.Fault fault = HeadRules.fault(request);
    if (fault != null) {
      connection.refuse(fault.problem(), fault.why(), requestLine(request));
      return;
    }
    if (!shared.isReadyFor(request.method().name(), request.path())) {
      connection.refuse(
          new ProblemException(503, "Starting", "the gateway starts; try again in a moment"),
          Refusal.STARTING,
          requestLine(request));
      return;
    }
    MultiMap headers = request.headers();
    new Exchange(this, connection, request)
        .begin(
            contentLength(headers.get(HttpHeaders.CONTENT_LENGTH)),
            headers.contains(HttpHeaders.TRANSFER_ENCODING));
  }

  private void refuseInvalid(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Connection connection = connection(request);
    RequestLine asked = requestLine(request);
    if (cause instanceof TooLongHttpLineException) {
      connection.refuse(
          tooLong(414, "URI too long", "the request line", parserLimits.getMaxInitialLineLength()),
          Refusal.REQUEST_LINE_TOO_LARGE,
          asked);
    } else if (cause instanceof TooLongHttpHeaderException) {
      connection.refuse(
          tooLong(431, "Header fields too large", "all headers", parserLimits.getMaxHeaderSize()),
          Refusal.HEADERS_TOO_LARGE,
          asked);
    } else {
      connection.refuse(
          ProblemException.badRequest("the head of the request is malformed (RFC 9112)"),
          Refusal.BAD_REQUEST,
          asked);
    }
  }

  private static ProblemException tooLong(int status, String title, String part, int maxBytes) {
    return new ProblemException(
        status, title, part + " may have " + maxBytes + " bytes; send less");
  }

  /// The parser calls a path that it could not read `/bad-request`.
  private static RequestLine requestLine(HttpServerRequest request) {
    return new RequestLine(request.method().name(), TargetPath.normalized(TargetPath.of(request)));
  }

  private static Connection connection(HttpServerRequest request) {
    return ((VertxConnection) request.connection()).channel().attr(Connection.KEY).get();
  }

  /// The parser has checked that it is a number.
  private static long contentLength(@Nullable String value) {
    return value == null ? 0 : Long.parseLong(value);
  }

  private void lookAround() {
    tick++;
    connections.forEach(connection -> lateness.judge(connection, tick));
  }

  /// What the parser of a connection may be given.
  Http1ServerConfig parserLimits() {
    return parserLimits;
  }

  private static Http1ServerConfig parserLimits(ServerSettings settings) {
    return new Http1ServerConfig()
        .setMaxInitialLineLength(settings.limits().requestLineBytes())
        .setMaxHeaderSize(settings.limits().headerBytes())
        .setMaxChunkSize(MAX_CHUNK_BYTES);
  }

  private static HttpServerOptions options() {
    return new HttpServerOptions()
        .setAcceptBacklog(ACCEPT_BACKLOG)
        .setHandle100ContinueAutomatically(false)
        .setHttp2ClearTextEnabled(false);
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> action) {
    return Future.future(done -> context.runOnContext(_ -> action.get().onComplete(done)));
  }
}
