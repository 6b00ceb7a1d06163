package dev.chasqui.http.client;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Inflow;
import dev.chasqui.http.Outflow;
import dev.chasqui.http.client.StreamCall.Upload;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult.Failure;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.impl.VertxConnection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One streamed request to one checked address. Its caller's thread sends the body and reads the
/// answer; everything that touches the socket happens on one event loop. A connection serves one
/// such request, so there is none that a receiver may have ended meanwhile.
///
/// A timer holds the deadline for all of it, and looks whether the receiver moves.
final class StreamAttempt {

  private final LoopClient loop;
  private final StreamCall call;
  private final RequestOptions options;
  private final long startNanos;
  private final Outflow upload = new Outflow();
  private final Inflow answer = new Inflow(count -> onLoop(() -> fetch(count)));
  private final CompletableFuture<HttpClientRequest> connected = new CompletableFuture<>();
  private final CompletableFuture<HttpClientResponse> answered = new CompletableFuture<>();

  // The loop's.
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable HttpClientRequest http;
  private @Nullable HttpClientResponse response;
  private long touchedNanos;
  private long received;
  private int wanted;
  private int unwritten;
  private boolean isSent;
  private boolean isOver;

  StreamAttempt(LoopClient loop, StreamCall call, RequestOptions options, long startNanos) {
    this.loop = loop;
    this.call = call;
    this.options = options;
    this.startNanos = startNanos;
  }

  /// Why there is no answer.
  static final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1;

    final Failure failure;

    NoAnswer(Failure failure, String detail) {
      super(detail);
      this.failure = failure;
    }
  }

  /// The caller's: connects, sends the body, and waits for the head of the answer.
  ///
  /// @throws NoAnswer if none came
  /// @throws BrokenStreamException if the body to send broke
  void exchange() throws NoAnswer, InterruptedException {
    onLoop(this::connect);
    var _ = await(connected);
    Upload body = call.upload();
    if (body != null) {
      send(body);
    }
    var _ = await(answered);
  }

  /// The caller's, after [#exchange()].
  HttpClientResponse answered() {
    return answered.join();
  }

  /// The caller's, after [#exchange()].
  @Nullable Bytes next() throws InterruptedException {
    return answer.next();
  }

  /// Any thread's: ends what is not over.
  void close() {
    onLoop(() -> fail(Failure.CLOSED, "given up", Fault.CLOSED));
  }

  private void send(Upload body) throws InterruptedException {
    long sent = 0;
    Bytes piece = body.pieces().next();
    while (piece != null && !answered.isDone()) {
      sent += piece.length();
      if (!hand(piece)) {
        return;
      }
      piece = body.pieces().next();
    }
    if (piece == null && (body.length() < 0 || sent == body.length())) {
      onLoop(this::endBody);
    } else if (piece == null) {
      throw new IllegalStateException("the body has " + sent + " of " + body.length() + " bytes");
    }
  }

  /// @return false if the receiver takes no more; it may have answered
  private boolean hand(Bytes piece) throws InterruptedException {
    int length = piece.length();
    try {
      upload.take(length);
    } catch (BrokenStreamException e) {
      return false;
    }
    onLoop(() -> write(piece, length));
    return true;
  }

  private static <T> T await(CompletableFuture<T> future) throws NoAnswer, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NoAnswer none) {
        throw none;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private void connect() {
    touch();
    watch();
    try {
      loop.fresh().request(options).onComplete(this::connected);
    } catch (RuntimeException e) {
      fail(Failure.CONNECT_FAILED, SendFailures.words(Failure.CONNECT_FAILED, e), Fault.GONE);
    }
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (isOver) {
      result.map(HttpClientRequest::reset);
      return;
    }
    if (result.failed()) {
      Failure failure = SendFailures.connecting(result.cause(), options.isSsl());
      fail(failure, SendFailures.words(failure, result.cause()), Fault.GONE);
      return;
    }
    HttpClientRequest request = result.result();
    http = request;
    touch();
    HeaderFields.forEachOfCallers(call.headers(), request.headers()::add);
    request.exceptionHandler(this::broken);
    request.response().onComplete(this::answered);
    begin(request, call.upload());
    connected.complete(request);
  }

  private void begin(HttpClientRequest request, @Nullable Upload body) {
    if (body == null) {
      endBody();
    } else if (body.length() >= 0) {
      request.headers().set("Content-Length", Long.toString(body.length()));
    } else {
      request.setChunked(true);
    }
  }

  private void write(Bytes piece, int length) {
    HttpClientRequest request = http;
    if (isOver || request == null) {
      return;
    }
    if (unwritten++ == 0) {
      touch();
    }
    request
        .write(
            BufferInternal.buffer(
                Unpooled.wrappedBuffer(piece.array(), piece.offset(), piece.length())))
        .onComplete(
            _ -> {
              unwritten--;
              touch();
              upload.give(length);
            });
  }

  private void endBody() {
    if (!isOver && http != null) {
      isSent = true;
      touch();
      http.end();
    }
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      broken(result.cause());
      return;
    }
    HttpClientResponse head = result.result();
    response = head;
    touch();
    stopReading();
    head.exceptionHandler(this::broken);
    head.endHandler(_ -> answerIsOver());
    head.handler(this::received);
    // Whoever answers before it has read the body wants no more of it.
    upload.fail(Fault.CLOSED);
    answered.complete(head);
  }

  private void fetch(int count) {
    wanted += count;
    if (http != null && !isOver && wanted > 0) {
      touch();
      channel(http).config().setAutoRead(true);
    }
  }

  /// The socket is stopped, not the library's stream: what was read of a receiver that has ended
  /// its connection would be dropped there.
  private void stopReading() {
    if (http != null && wanted <= 0) {
      channel(http).config().setAutoRead(false);
    }
  }

  private static Channel channel(HttpClientRequest request) {
    return ((VertxConnection) request.connection()).channel();
  }

  private void received(Buffer piece) {
    touch();
    received += piece.length();
    if (received > call.bounds().maxAnswerBytes()) {
      fail(Failure.ANSWER_TOO_LARGE, "the answer is too large", Fault.TOO_LARGE);
      return;
    }
    ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
    byte[] copy = new byte[bytes.readableBytes()];
    bytes.getBytes(bytes.readerIndex(), copy);
    answer.offer(Bytes.of(copy));
    wanted--;
    stopReading();
  }

  private void answerIsOver() {
    answer.end();
    if (isSent) {
      isOver = true;
      stopTimer();
    } else {
      // The rest of the body will never be sent, so the connection is of no more use.
      fail(Failure.CLOSED, "answered early", Fault.CLOSED);
    }
  }

  private void broken(Throwable error) {
    Failure failure = SendFailures.answering(error);
    fail(failure, SendFailures.words(failure, error), Fault.GONE);
  }

  private void fail(Failure failure, String detail, Fault fault) {
    if (isOver) {
      return;
    }
    isOver = true;
    stopTimer();
    end(new NoAnswer(failure, detail), fault);
    if (http != null) {
      http.reset();
    }
  }

  private void end(NoAnswer none, Fault fault) {
    connected.completeExceptionally(none);
    answered.completeExceptionally(none);
    upload.fail(fault);
    answer.fail(fault);
  }

  private void watch() {
    long now = System.nanoTime();
    long total = call.bounds().deadline().toNanos() - (now - startNanos);
    long stall = call.bounds().stall().toNanos() - (now - touchedNanos);
    if (total <= 0) {
      fail(Failure.TIMEOUT, "the deadline passed", Fault.LATE);
    } else if (stall <= 0 && isWaitingForReceiver()) {
      fail(Failure.TIMEOUT, "nothing moved for too long", Fault.TOO_SLOW);
    } else {
      long next = Math.min(total, stall > 0 ? stall : call.bounds().stall().toNanos());
      timer = loop.thread().schedule(this::watch, next, TimeUnit.NANOSECONDS);
    }
  }

  private boolean isWaitingForReceiver() {
    boolean waitsForHead = isSent && response == null;
    return http == null || waitsForHead || unwritten > 0 || answer.isWaiting();
  }

  private void touch() {
    touchedNanos = System.nanoTime();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private void onLoop(Runnable action) {
    try {
      loop.execute(action);
    } catch (RejectedExecutionException e) {
      end(new NoAnswer(Failure.CLOSED, "the event loops have ended"), Fault.CLOSED);
    }
  }
}
