package dev.chasqui.http.client;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.outbound.Sender.Outbound;
import dev.chasqui.outbound.Sender.Repeats;
import io.netty.buffer.Unpooled;
import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.internal.buffer.BufferInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request to one checked address. All of it happens on one event loop, but for the giving up.
///
/// The deadline's timer runs from before the connection is asked for: Vert.x bounds none of waiting
/// for the pool, connecting, and an answer that drips, as a whole.
///
/// A status that was read is the result, whatever becomes of the rest of the answer: the receiver
/// has said what it did with the request, and sending it again would not make it unsaid.
final class Attempt {

  private final LoopClient loop;
  private final OutboundCall call;
  private final SocketAddress address;
  private final Mailbox mailbox;
  private final AnswerBody body;
  private boolean retried;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable HttpClientRequest http;
  private @Nullable ConnectionWatch watch;
  private @Nullable HttpClientResponse response;

  Attempt(LoopClient loop, OutboundCall call, InetAddress address, Mailbox mailbox) {
    this.loop = loop;
    this.call = call;
    this.address = Target.socket(address, call.url().port());
    this.mailbox = mailbox;
    this.body = new AnswerBody(call.request().keepBytes());
  }

  /// Begins, on the loop.
  void start() {
    timer = loop.thread().schedule(this::expire, call.remainingNanos(), TimeUnit.NANOSECONDS);
    connect(loop.pooled());
  }

  /// Ends it without a result, from any thread.
  void giveUp() {
    loop.execute(() -> breakOff(call.failed(Failure.CLOSED, "given up")));
  }

  private void connect(HttpClient client) {
    try {
      client.request(options()).onComplete(this::connected);
    } catch (RuntimeException e) {
      fail(Failure.CONNECT_FAILED, e);
    }
  }

  private RequestOptions options() {
    Target.Url url = call.url();
    return new RequestOptions()
        .setMethod(HttpMethod.valueOf(call.request().method()))
        .setServer(address)
        .setHost(url.authority())
        .setPort(url.port())
        .setSsl(url.tls())
        .setSslOptions(call.tls())
        .setURI(url.path())
        .setFollowRedirects(false);
  }

  private void connected(AsyncResult<HttpClientRequest> result) {
    if (mailbox.isFull()) {
      result.map(HttpClientRequest::reset);
      return;
    }
    if (result.failed()) {
      failConnecting(result.cause());
      return;
    }
    HttpClientRequest request = result.result();
    http = request;
    watch = ConnectionWatch.of(request.connection());
    watch.requestBegins();
    write(request);
  }

  private void write(HttpClientRequest request) {
    Outbound outbound = call.request();
    HeaderFields.forEachOfCallers(outbound.headers(), request.headers()::add);
    request.response().onComplete(this::answered);
    Bytes sent = outbound.body();
    if (sent.length() == 0 && outbound.method().equals("GET")) {
      request.end();
      return;
    }
    request.end(
        BufferInternal.buffer(Unpooled.wrappedBuffer(sent.array(), sent.offset(), sent.length())));
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      failAnswering(result.cause());
      return;
    }
    HttpClientResponse head = result.result();
    response = head;
    head.exceptionHandler(this::failAnswering);
    head.endHandler(_ -> finish(answer(head.statusCode()), false));
    head.handler(
        piece -> {
          if (!body.add(piece)) {
            finish(answer(head.statusCode()), true);
          }
        });
  }

  private SendResult answer(int status) {
    return new SendResult.Answered(
        status,
        response == null ? null : response.getHeader("Retry-After"),
        body.kept(),
        OutboundCall.took(call.startNanos()));
  }

  private void failConnecting(Throwable error) {
    Failure failure = SendFailures.connecting(error, call.url().tls());
    if (failure == Failure.STALE_CONNECTION && !retried) {
      retry();
      return;
    }
    fail(failure, error);
  }

  private void failAnswering(Throwable error) {
    if (mailbox.isFull()) {
      return;
    }
    Failure failure = SendFailures.answering(error);
    if (statusRead() > 0) {
      fail(failure, error);
      return;
    }
    if (call.request().repeats() == Repeats.NEVER) {
      fail(failure == Failure.TLS_FAILED ? Failure.RESET : failure, error);
      return;
    }
    boolean stale = failure == Failure.RESET && watch != null && watch.wasReusedAndSilent();
    if (stale && !retried) {
      retry();
      return;
    }
    fail(stale ? Failure.STALE_CONNECTION : failure, error);
  }

  /// The receiver ended a connection that we kept, before it read the request: once more, on a new
  /// connection, within the same deadline.
  private void retry() {
    retried = true;
    http = null;
    watch = null;
    connect(loop.fresh());
  }

  /// Ends the attempt at its deadline. If the request must not be sent twice and there is no
  /// connection yet, the failure says so: the caller then knows that nothing was sent.
  private void expire() {
    boolean isUnsent = http == null && call.request().repeats() == Repeats.NEVER;
    breakOff(
        isUnsent
            ? call.failed(Failure.CONNECT_FAILED, "no connection within the deadline")
            : call.timedOut());
  }

  private void fail(Failure failure, Throwable error) {
    breakOff(call.failed(failure, SendFailures.words(failure, error)));
  }

  private void breakOff(SendResult failure) {
    int status = statusRead();
    finish(status > 0 ? answer(status) : failure, true);
  }

  /// 0 if none was read.
  private int statusRead() {
    return watch == null ? 0 : watch.status();
  }

  private void finish(SendResult result, boolean reset) {
    if (mailbox.isFull()) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    mailbox.put(result);
    if (reset && http != null) {
      http.reset();
    }
  }
}
