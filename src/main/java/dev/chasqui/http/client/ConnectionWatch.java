package dev.chasqui.http.client;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/// Knows of a connection whether it was used before and whether any byte has come back since the
/// last request went out. A reused connection that ends without one was closed by a receiver that
/// had not read the request: it is safe to send again.
final class ConnectionWatch extends ChannelInboundHandlerAdapter {

  private static final AttributeKey<ConnectionWatch> KEY =
      AttributeKey.valueOf(ConnectionWatch.class, "chasqui");

  private int requests;
  private boolean heard;

  /// Watches a new connection.
  static void install(HttpConnection connection) {
    // Without a handler Vert.x logs what each broken receiver does; here it is a result.
    connection.exceptionHandler(_ -> {});
    var pipeline = ((VertxConnection) connection).channel().pipeline();
    ConnectionWatch watch = new ConnectionWatch();
    pipeline.addBefore("codec", "watch", watch);
    pipeline.channel().attr(KEY).set(watch);
  }

  static ConnectionWatch of(HttpConnection connection) {
    return ((VertxConnection) connection).channel().attr(KEY).get();
  }

  void requestBegins() {
    requests++;
    heard = false;
  }

  boolean wasReusedAndSilent() {
    return requests > 1 && !heard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    context.fireChannelRead(message);
  }
}
