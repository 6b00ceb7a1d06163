package dev.chasqui.http.client;

import dev.chasqui.delivery.Sender.Outbound;
import dev.chasqui.delivery.Sender.Repeats;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
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
final class Attempt {

  private final LoopClient loop;
  private final Call call;
  private final SocketAddress address;
  private final Mailbox mailbox;
  private boolean retried;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable HttpClientRequest http;
  private @Nullable ConnectionWatch watch;

  Attempt(LoopClient loop, Call call, InetAddress address, Mailbox mailbox) {
    this.loop = loop;
    this.call = call;
    this.address = SocketAddress.inetSocketAddress(call.url().port(), address.getHostAddress());
    this.mailbox = mailbox;
  }

  /// Begins, on the loop.
  void start() {
    timer = loop.thread().schedule(this::expire, call.remainingNanos(), TimeUnit.NANOSECONDS);
    connect(loop.pooled());
  }

  /// Ends it without a result, from any thread.
  void giveUp() {
    loop.execute(() -> finish(call.failed(Failure.CLOSED, "given up"), true));
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
        .setHost(url.host())
        .setPort(url.port())
        .setSsl(url.tls())
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
    Bytes body = outbound.body();
    if (body.length() == 0 && outbound.method().equals("GET")) {
      request.end();
      return;
    }
    request.end(
        BufferInternal.buffer(Unpooled.wrappedBuffer(body.array(), body.offset(), body.length())));
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (result.failed()) {
      failAnswering(result.cause());
      return;
    }
    HttpClientResponse response = result.result();
    AnswerBody body = new AnswerBody(call.request().keepBytes());
    response.exceptionHandler(this::failAnswering);
    response.endHandler(_ -> finish(answer(response, body), false));
    response.handler(
        piece -> {
          if (!body.add(piece)) {
            finish(answer(response, body), true);
          }
        });
  }

  private SendResult answer(HttpClientResponse response, AnswerBody body) {
    return new SendResult.Answered(
        response.statusCode(),
        response.getHeader("Retry-After"),
        body.kept(),
        Call.took(call.startNanos()));
  }

  private void failConnecting(Throwable error) {
    Failure failure = Failures.connecting(error, call.url().tls());
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
    Failure failure = Failures.answering(error);
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
    connect(loop.fresh());
  }

  private void expire() {
    finish(call.timedOut(), true);
  }

  private void fail(Failure failure, Throwable error) {
    finish(call.failed(failure, Failures.words(failure, error)), true);
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
