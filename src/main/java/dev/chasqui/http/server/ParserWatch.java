package dev.chasqui.http.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/// Stands behind the parser. A request of a later HTTP/1 is served as HTTP/1.1, as RFC 9110 6.2 has
/// it; a body whose chunks cannot be read is answered 400, where Vert.x would close the connection
/// without a word.
final class ParserWatch extends ChannelInboundHandlerAdapter {

  private final Connection connection;

  ParserWatch(Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      HttpVersion version = request.protocolVersion();
      if (version.majorVersion() == 1 && version.minorVersion() > 1) {
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
      }
    } else if (message instanceof HttpContent chunk
        && chunk.decoderResult().isFailure()
        && connection.refuseBadBody()) {
      ReferenceCountUtil.release(message);
      return;
    }
    context.fireChannelRead(message);
  }
}
