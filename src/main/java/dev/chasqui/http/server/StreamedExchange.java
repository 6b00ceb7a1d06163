package dev.chasqui.http.server;

import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Inflow;
import dev.chasqui.http.Outflow;
import dev.chasqui.http.Pieces;
import dev.chasqui.http.server.Connection.Phase;
import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.function.Supplier;

/// One request whose body or answer goes piece by piece. The handler's thread reads the [Inflow],
/// writes through the [Outflow] and leaves the rest to the connection's event loop, on which all
/// methods run that are not said to be the handler's.
///
/// The loop's tick judges it: who moves nothing while we wait for it is late.
final class StreamedExchange implements StreamReply, BodySink {

  private static final long UNKNOWN = -1;

  private final LoopServer loop;
  private final Connection connection;
  private final HttpServerRequest http;
  private final Exchange exchange;
  private final StreamClock clock;
  private final long maxBodyBytes;
  private final Inflow body = new Inflow(count -> onLoop(() -> fetch(count)));
  private final Outflow answer = new Outflow();

  // The loop's.
  private long received;
  private boolean isBodyOver;
  private boolean isContinueOwed;
  private boolean isBegun;
  private boolean isOver;
  private int unwritten;

  // The handler's.
  private boolean isAnswered;
  private boolean isEnded;
  private long announced = UNKNOWN;
  private long written;

  StreamedExchange(
      Exchange exchange,
      LoopServer loop,
      Connection connection,
      HttpServerRequest http,
      StreamLimits limits) {
    this.exchange = exchange;
    this.loop = loop;
    this.connection = connection;
    this.http = http;
    this.clock = new StreamClock(loop, limits);
    this.maxBodyBytes = limits.maxBodyBytes();
  }

  /// Takes the exchange over; nothing is read before the handler asks.
  ///
  /// @param contentLength what the head announces, 0 if nothing
  void begin(boolean hasBody, long contentLength) {
    connection.enter(Phase.STREAM);
    isBodyOver = !hasBody;
    if (!hasBody) {
      body.end();
      return;
    }
    http.pause();
    isContinueOwed = Exchange.isContinueAwaited(http);
    http.handler(this::received).endHandler(_ -> bodyIsOver());
    if (contentLength > maxBodyBytes) {
      body.fail(Fault.TOO_LARGE);
    }
  }

  Pieces body() {
    return body;
  }

  boolean isAnswerBegun() {
    return isBegun;
  }

  private void fetch(int count) {
    if (isOver || isBodyOver) {
      return;
    }
    clock.touch();
    if (isContinueOwed) {
      isContinueOwed = false;
      http.response().writeContinue();
    }
    http.fetch(count);
  }

  private void received(Buffer piece) {
    clock.touch();
    received += piece.length();
    if (received > maxBodyBytes) {
      http.pause();
      body.fail(Fault.TOO_LARGE);
      return;
    }
    body.offer(bytes(((BufferInternal) piece).getByteBuf()));
  }

  private static Bytes bytes(ByteBuf piece) {
    int length = piece.readableBytes();
    if (piece.hasArray()) {
      return Bytes.of(piece.array(), piece.arrayOffset() + piece.readerIndex(), length);
    }
    byte[] copy = new byte[length];
    piece.getBytes(piece.readerIndex(), copy);
    return Bytes.of(copy);
  }

  private void bodyIsOver() {
    isBodyOver = true;
    body.end();
  }

  /// The handler's.
  @Override
  public void send(Response response) {
    answerOnce();
    isEnded = true;
    onLoop(
        () -> {
          if (writeHead(response, true)) {
            end(http.response().end(buffer(response.body())));
          }
        });
  }

  /// The handler's.
  @Override
  public BodySink begin(Response head) {
    answerOnce();
    announced = announced(head);
    onLoop(() -> writeHead(head, announced != UNKNOWN));
    return this;
  }

  private void answerOnce() {
    if (isAnswered) {
      throw new IllegalStateException("answered twice");
    }
    isAnswered = true;
  }

  private static long announced(Response head) {
    for (Header header : head.headers()) {
      if (header.name().equalsIgnoreCase("Content-Length")) {
        return Long.parseLong(header.value());
      }
    }
    return UNKNOWN;
  }

  /// The handler's.
  @Override
  public void write(Bytes part) throws InterruptedException {
    int length = part.length();
    if (length == 0) {
      return;
    }
    answer.take(length);
    written += length;
    onLoop(() -> writePart(part, length));
  }

  /// The handler's.
  @Override
  public void end() throws InterruptedException {
    if (isEnded) {
      return;
    }
    answer.drain();
    isEnded = true;
    boolean isWhole = announced == UNKNOWN || announced == written || isHead();
    onLoop(() -> endParts(isWhole));
    if (!isWhole) {
      throw new IllegalStateException("the answer has " + written + " of " + announced + " bytes");
    }
  }

  /// The handler's thread is done with it.
  ///
  /// @param fallback what is answered if it did not answer
  void handled(Supplier<Response> fallback) {
    if (!isAnswered) {
      send(fallback.get());
    } else if (!isEnded) {
      isEnded = true;
      onLoop(this::abort);
    }
  }

  /// @return false if the caller has gone
  private boolean writeHead(Response head, boolean isLengthKnown) {
    HttpServerResponse out = http.response();
    if (isOver || out.closed()) {
      finish();
      return false;
    }
    isBegun = true;
    clock.touch();
    loop.events().answered(exchange.label(), head.status());
    out.setStatusCode(head.status());
    head.headers().forEach(header -> out.headers().add(header.name(), header.value()));
    if (!out.headers().contains("Date")) {
      out.headers().set("Date", loop.shared().date.now());
    }
    if (!isLengthKnown && !isHead()) {
      out.setChunked(true);
    }
    if (!isBodyOver || loop.shared().stopping) {
      out.headers().set("Connection", "close");
    }
    return true;
  }

  private boolean isHead() {
    return http.method().name().equals("HEAD");
  }

  private void writePart(Bytes part, int length) {
    if (isOver || isHead()) {
      answer.give(length);
      return;
    }
    if (unwritten++ == 0) {
      clock.touch();
    }
    http.response()
        .write(buffer(part))
        .onComplete(
            _ -> {
              unwritten--;
              clock.touch();
              answer.give(length);
            });
  }

  private void endParts(boolean isWhole) {
    if (isOver) {
      return;
    }
    if (!isWhole) {
      abort();
      return;
    }
    end(http.response().end());
  }

  /// Ends the exchange once its answer is written. If the caller is still sending, the connection
  /// stays open for a moment, so that the caller can read the answer.
  private void end(Future<Void> writing) {
    boolean isReadWhole = isBodyOver;
    finish();
    if (isReadWhole) {
      connection.enter(Phase.IDLE);
    } else {
      connection.endAfter(writing);
    }
  }

  private void abort() {
    finish();
    connection.close();
  }

  private void finish() {
    if (!isOver) {
      isOver = true;
      body.fail(Fault.CLOSED);
      answer.fail(Fault.CLOSED);
      exchange.end();
    }
  }

  /// The caller has ended the connection.
  void gone() {
    body.fail(Fault.GONE);
    answer.fail(Fault.GONE);
    finish();
  }

  /// Looks whether it is late, once a tick.
  void judge() {
    boolean isWaiting = body.isWaiting() || answer.isWaiting();
    if (clock.isTotalOver()) {
      late(Fault.LATE);
    } else if (isWaiting && clock.isStalled()) {
      late(Fault.TOO_SLOW);
    }
  }

  /// A handler that still reads may answer; nothing helps an answer that is not taken.
  private void late(Fault why) {
    if (!isBegun) {
      body.fail(why);
      return;
    }
    loop.events().refused(Refusal.STREAM_TOO_SLOW);
    body.fail(why);
    answer.fail(why);
    abort();
  }

  private void onLoop(Runnable action) {
    loop.execute(action);
  }

  private static Buffer buffer(Bytes bytes) {
    return BufferInternal.buffer(
        Unpooled.wrappedBuffer(bytes.array(), bytes.offset(), bytes.length()));
  }
}
