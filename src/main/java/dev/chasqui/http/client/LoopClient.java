package dev.chasqui.http.client;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.internal.ContextInternal;

/// The part of the sender that lives on one event loop: its connections never leave it.
final class LoopClient {

  private static final int MAX_STATUS_LINE_BYTES = 4096;
  private static final int MAX_CHUNK_BYTES = 16 << 10;

  /// Of a receiver that ends its connection everything is read that the system holds, whether it is
  /// wanted yet or not.
  private static final int MAX_UNREAD_BYTES = 512 << 10;

  private final ContextInternal context;
  private final HttpClient pooled;
  private final HttpClient fresh;

  LoopClient(Vertx vertx, Context context, ClientSettings settings, Certificates certificates) {
    this.context = (ContextInternal) context;
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(settings.perHost().inFlight())
            .setMaxWaitQueueSize(settings.perHost().waiting());
    HttpDecoderConfig codec = codec(settings);
    this.pooled = client(vertx, options(settings, certificates), pool, codec);
    this.fresh =
        client(
            vertx,
            options(settings, certificates)
                .setKeepAlive(false)
                .setReceiveBufferSize(MAX_UNREAD_BYTES),
            pool,
            codec);
  }

  void execute(Runnable action) {
    context.runOnContext(_ -> action.run());
  }

  EventLoop thread() {
    return context.nettyEventLoop();
  }

  /// Keeps its connections.
  HttpClient pooled() {
    return pooled;
  }

  /// Opens a connection for each request.
  HttpClient fresh() {
    return fresh;
  }

  Future<?> close() {
    return Future.all(pooled.close(), fresh.close());
  }

  /// A length that is said twice and is the same both times is one length (RFC 9110, 8.6).
  private static HttpDecoderConfig codec(ClientSettings settings) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
        .setMaxHeaderSize(settings.maxHeaderBytes())
        .setMaxChunkSize(MAX_CHUNK_BYTES)
        .setAllowDuplicateContentLengths(true);
  }

  private static HttpClient client(
      Vertx vertx, HttpClientOptions options, PoolOptions pool, HttpDecoderConfig codec) {
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        .withConnectHandler(connection -> ConnectionWatch.install(connection, codec))
        .build();
  }

  private static HttpClientOptions options(ClientSettings settings, Certificates certificates) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setVerifyHost(true)
            .setConnectTimeout((int) settings.connectTimeout().toMillis())
            .setSslHandshakeTimeout(settings.connectTimeout().toSeconds())
            .setKeepAliveTimeout((int) settings.keepAlive().toSeconds());
    certificates.set(options);
    return options;
  }
}
