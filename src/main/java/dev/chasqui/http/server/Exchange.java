package dev.chasqui.http.server;

import dev.chasqui.http.AddressBlock;
import dev.chasqui.http.server.Connection.Phase;
import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.model.Bytes;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetAddress;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Lives on the connection's event loop, but for [#send(Response)].
final class Exchange implements Reply, ReplyQueue.Node {

  private static final System.Logger LOG = System.getLogger(Exchange.class.getName());
  private static final VarHandle RESPONSE = responseHandle();

  /// Answers of which no number matters.
  private static final int SMALL_ANSWER_BYTES = 64 << 10;

  private static final RequestBody NO_BODY = RequestBody.none();

  private final LoopServer loop;
  private final Connection connection;
  private final HttpServerRequest http;
  private final String method;
  private final String path;
  private final RouteTable.Match match;
  private RequestBody body = NO_BODY;
  private boolean ended;
  private @Nullable StreamedExchange streamed;

  /// Set once, by the first thread that answers.
  @SuppressWarnings("unused")
  private volatile @Nullable Response response;

  private ReplyQueue.@Nullable Node below;

  Exchange(LoopServer loop, Connection connection, HttpServerRequest http) {
    this.loop = loop;
    this.connection = connection;
    this.http = http;
    this.method = http.method().name();
    this.path = TargetPath.normalized(TargetPath.of(http));
    this.match = loop.shared().routes.match(method, path);
    loop.shared().requests.incrementAndGet();
    connection.begin(this);
  }

  /// Whether the caller waits for a word before it sends the body. HTTP/1.0 knows no such word.
  static boolean isContinueAwaited(HttpServerRequest http) {
    return http.version() != HttpVersion.HTTP_1_0
        && http.headers().contains("Expect", "100-continue", true);
  }

  /// The head is here; the body may follow.
  void begin(long contentLength, boolean chunked) {
    boolean hasBody = contentLength > 0 || chunked;
    if (hasBody && match instanceof RouteTable.Found && HeadRules.isContentCoded(http.headers())) {
      refuseCoded();
      return;
    }
    if (match instanceof RouteTable.Found(Route route, Map<String, String> parameters)
        && route.target() instanceof Route.Streaming target) {
      StreamedExchange begun = new StreamedExchange(this, loop, connection, http, target.limits());
      streamed = begun;
      begun.begin(chunked || contentLength > 0, contentLength);
      stream(route, target, begun, parameters);
      return;
    }
    if (!hasBody) {
      dispatch();
      return;
    }
    int max = maxBodyBytes();
    if (contentLength > max) {
      refuseTooLarge();
      return;
    }
    if (isRefusedByHead(chunked ? -1 : contentLength)) {
      return;
    }
    connection.enter(Phase.BODY);
    body =
        new RequestBody(max, chunked ? -1 : contentLength, loop.shared().bodies, this::newPartial);
    if (!(match instanceof RouteTable.Found)) {
      body.drop();
    } else if (isBodyIgnored()) {
      body.ignore();
    }
    http.handler(this::received).endHandler(_ -> dispatch());
    if (isContinueAwaited(http)) {
      http.response().writeContinue();
    }
  }

  /// Refuses the request if its route does not even want to read the body.
  private boolean isRefusedByHead(long announced) {
    boolean isSmall = announced >= 0 && announced <= LoopHandler.SMALL_BODY_BYTES;
    if (isSmall
        || !(match instanceof RouteTable.Found(Route route, Map<String, String> parameters))
        || !(route.target() instanceof Route.OnLoop(LoopHandler handler))) {
      return false;
    }
    Response refusal = handler.refusal(request(parameters), announced);
    if (refusal != null) {
      end();
      connection.refuseUnread(refusal, Refusal.REFUSED_BY_HEAD);
    }
    return refusal != null;
  }

  private void stream(
      Route route, Route.Streaming target, StreamedExchange begun, Map<String, String> parameters) {
    if (!loop.shared().streams.start(route, target.handler(), request(parameters), begun)) {
      loop.events().refused(Refusal.TOO_MANY_STREAMS);
      begun.send(busy());
    }
  }

  /// The caller of a stream has gone.
  void gone() {
    if (streamed != null) {
      streamed.gone();
    }
  }

  void judgeStream() {
    if (streamed != null) {
      streamed.judge();
    }
  }

  private PartialBodies.Entry newPartial() {
    InetAddress source =
        loop.shared().sources.of(connection.peer(), Headers.received(http.headers()));
    return new PartialBodies.Entry(
        AddressBlock.of(source), () -> loop.execute(this::giveWayToOthers));
  }

  private void giveWayToOthers() {
    if (!ended && connection.phase() == Phase.BODY) {
      end();
      connection.refuse(
          new ProblemException(
              503, "Busy", "others need the memory of this body; send it faster, or later"),
          Refusal.BODY_DISPLACED);
    }
  }

  /// Signatures cover the bytes as they come, and nothing is unpacked here.
  private void refuseCoded() {
    end();
    ProblemException problem =
        new ProblemException(
            415, "Unsupported media type", "send the body without a Content-Encoding");
    connection.refuse(
        problem(problem).with("Accept-Encoding", "identity"),
        problem.title(),
        Refusal.CONTENT_CODING);
  }

  /// The body of a GET or DELETE means nothing (RFC 9110 9.3.1), and some clients send one.
  private boolean isBodyIgnored() {
    boolean isMeaningless =
        method.equals("GET") || method.equals("HEAD") || method.equals("DELETE");
    return isMeaningless
        && match instanceof RouteTable.Found found
        && found.route().maxBodyBytes() == 0;
  }

  private int maxBodyBytes() {
    return match instanceof RouteTable.Found found && !isBodyIgnored()
        ? found.route().maxBodyBytes()
        : LoopServer.UNROUTED_BODY_BYTES;
  }

  private void received(Buffer piece) {
    if (connection.phase() == Phase.END) {
      return;
    }
    if (!body.add(((BufferInternal) piece).getByteBuf())) {
      refuseTooLarge();
    }
  }

  private void refuseTooLarge() {
    end();
    ProblemException problem =
        new ProblemException(
            413, "Content too large", "a body may have " + maxBodyBytes() + " bytes here");
    connection.refuse(problem, Refusal.BODY_TOO_LARGE);
  }

  private void dispatch() {
    if (connection.phase() == Phase.END) {
      return;
    }
    connection.enter(Phase.ANSWER);
    body.complete();
    switch (match) {
      case RouteTable.Found found when body.isDropped() -> sendBusy(Refusal.TOO_MANY_BYTES);
      case RouteTable.Found found -> run(found.route(), found.parameters());
      case RouteTable.WrongMethod wrong ->
          sendUnrouted(
              problem(new ProblemException(405, "Method not allowed", method))
                  .with("Allow", wrong.allow()));
      case RouteTable.Server _ -> send(Response.empty(204).with("Allow", RouteTable.METHODS));
      case RouteTable.Unknown _ -> sendUnrouted(problem(ProblemException.notFound("no such path")));
    }
  }

  private void sendUnrouted(Response answer) {
    Response told;
    try {
      told = loop.shared().unrouted.apply(request(Map.of())).orElse(answer);
    } catch (ProblemException problem) {
      long seconds = problem.retryAfterSeconds();
      Response refused = problem(problem);
      told = seconds > 0 ? refused.with("Retry-After", Long.toString(seconds)) : refused;
    }
    send(told);
  }

  private void run(Route route, Map<String, String> parameters) {
    Request request = request(parameters);
    switch (route.target()) {
      case Route.OnLoop(LoopHandler handler) -> runOnLoop(route, handler, request);
      case Route.Blocking(BlockingHandler handler) -> {
        if (!loop.shared().blocking.start(route, handler, request, this)) {
          sendBusy(Refusal.TOO_MANY_REQUESTS);
        }
      }
      case Route.Streaming _ -> throw new IllegalStateException("a stream is not gathered");
    }
  }

  private void runOnLoop(Route route, LoopHandler handler, Request request) {
    try {
      handler.handle(request, this);
    } catch (RuntimeException | Error e) {
      // It may have answered before it threw.
      offer(loop.shared().failures.answer(route, path, e));
    }
  }

  private Request request(Map<String, String> parameters) {
    Headers headers = Headers.received(http.headers());
    String query = http.query();
    Bytes bytes = body.bytes();
    return new Request(
        method,
        path,
        parameters,
        query == null ? Query.NONE : new Query(query),
        headers,
        bytes,
        loop.shared().sources.of(connection.peer(), headers));
  }

  private void sendBusy(Refusal why) {
    loop.events().refused(why);
    send(busy());
  }

  RequestLine requestLine() {
    return new RequestLine(method, path);
  }

  /// Whether the answer of a stream is on its way.
  boolean isAnswerBegun() {
    return streamed != null && streamed.isAnswerBegun();
  }

  private Response problem(ProblemException problem) {
    return loop.shared().errors.of(path, problem);
  }

  private Response busy() {
    return problem(new ProblemException(503, "Busy", "try again in a moment"))
        .with("Retry-After", "1");
  }

  @Override
  public void send(Response answer) {
    if (!offer(Objects.requireNonNull(answer))) {
      throw new IllegalStateException("answered twice");
    }
  }

  private boolean offer(Response answer) {
    if (!RESPONSE.compareAndSet(this, null, answer)) {
      return false;
    }
    if (loop.isCurrent()) {
      write();
    } else {
      loop.replies().push(this);
    }
    return true;
  }

  @Override
  public ReplyQueue.@Nullable Node below() {
    return below;
  }

  @Override
  public void setBelow(ReplyQueue.@Nullable Node node) {
    below = node;
  }

  /// Writes the answer, on the loop. Never throws: the loop's other answers are behind this one.
  @Override
  public void write() {
    end();
    Response answer = response;
    HttpServerResponse out = http.response();
    if (answer == null || out.closed() || out.ended()) {
      return;
    }
    loop.events().answered(label(), answer.status());
    connection.enter(Phase.IDLE);
    try {
      write(answer, out);
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.ERROR, "the answer to " + label() + " has an invalid header");
      connection.close();
    }
  }

  private void write(Response answer, HttpServerResponse out) {
    int counted = answer.body().length() > SMALL_ANSWER_BYTES ? answer.body().length() : 0;
    if (counted > 0 && !loop.shared().answers.take(counted)) {
      loop.events().refused(Refusal.TOO_MANY_BYTES);
      writeWhole(busy(), out);
      return;
    }
    Future<Void> written = writeWhole(answer, out);
    if (counted > 0) {
      // Also where the caller has gone.
      written.onComplete(_ -> loop.shared().answers.give(counted));
    }
  }

  private Future<Void> writeWhole(Response answer, HttpServerResponse out) {
    writeHead(out, answer);
    Bytes bytes = answer.body();
    return out.end(
        BufferInternal.buffer(
            Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length())));
  }

  private void writeHead(HttpServerResponse out, Response answer) {
    out.setStatusCode(answer.status());
    for (Header header : answer.headers()) {
      out.headers().add(header.name(), header.value());
    }
    if (!out.headers().contains("Date")) {
      out.headers().set("Date", loop.shared().date.now());
    }
    if (method.equals("HEAD")) {
      out.headers().set("Content-Length", Integer.toString(answer.body().length()));
    }
    if (loop.shared().stopping) {
      out.headers().set("Connection", "close");
    }
  }

  String label() {
    return match instanceof RouteTable.Found found ? found.route().label() : "-";
  }

  /// The request holds nothing any more. Happens when it is answered or given up, whatever comes
  /// first.
  void end() {
    if (!ended) {
      ended = true;
      body.release();
      loop.shared().requests.decrementAndGet();
    }
  }

  private static VarHandle responseHandle() {
    try {
      return MethodHandles.lookup().findVarHandle(Exchange.class, "response", Response.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
