package dev.chasqui.http.client;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.VertxConnection;

/// Knows of a connection whether it was used before, whether any byte has come back since the last
/// request went out, and the status of the answer as soon as it was read. A reused connection that
/// ends without a byte was closed by a receiver that had not read the request: it is safe to send
/// again.
final class ConnectionWatch extends ChannelInboundHandlerAdapter {

  private static final String CODEC = "codec";
  private static final AttributeKey<ConnectionWatch> KEY =
      AttributeKey.valueOf(ConnectionWatch.class, "chasqui");

  private final StatusLine statusLine = new StatusLine();
  private int requests;
  private boolean heard;

  /// Watches a new connection.
  ///
  /// @param codec how its answers are read
  static void install(HttpConnection connection, HttpDecoderConfig codec) {
    // Without a handler Vert.x logs what each broken receiver does; here it is a result.
    connection.exceptionHandler(_ -> {});
    var pipeline = ((VertxConnection) connection).channel().pipeline();
    ConnectionWatch watch = new ConnectionWatch();
    // Vert.x has no option for all that the decoder can be told.
    pipeline.replace(CODEC, CODEC, new HttpClientCodec(codec.clone(), false, false));
    pipeline.addBefore(CODEC, "watch", watch);
    pipeline.channel().attr(KEY).set(watch);
  }

  static ConnectionWatch of(HttpConnection connection) {
    return ((VertxConnection) connection).channel().attr(KEY).get();
  }

  void requestBegins() {
    requests++;
    heard = false;
    statusLine.reset();
  }

  /// The status of the answer, 0 if none was read.
  int status() {
    return statusLine.status();
  }

  boolean wasReusedAndSilent() {
    return requests > 1 && !heard;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    heard = true;
    if (message instanceof ByteBuf bytes) {
      statusLine.read(bytes);
    }
    context.fireChannelRead(message);
  }
}
