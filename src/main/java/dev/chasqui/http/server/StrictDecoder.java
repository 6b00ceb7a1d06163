package dev.chasqui.http.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parser, which also refuses the lines of a chunked body that RFC 9112 7.1 does not have: a
/// blank before the size, or anything but an extension behind it. Netty skips those, and a proxy
/// that reads them in another way sees another request behind this one.
///
/// It follows the body by what the parser gives out. The parser stands at a size line when all
/// bytes of the chunk before and the line break behind them were read; a line break that is still
/// there is the parser's own business, since no size begins with one.
final class StrictDecoder extends VertxHttpRequestDecoder {

  /// A size has at most as many digits as an `int`, after zeros. What an extension may hold is
  /// checked by the parser.
  private static final Pattern SIZE_LINE =
      Pattern.compile("0*([0-9A-Fa-f]{1,8})([ \t]*;.*)?\r", Pattern.DOTALL);

  private static final int HEXADECIMAL = 16;

  private boolean isChunked;
  private boolean isBehindLastChunk;
  private long missing;

  StrictDecoder(Http1ServerConfig config) {
    super(config);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (isAtSizeLine(buffer) && !takeSizeLine(buffer)) {
      isChunked = false;
      buffer.skipBytes(buffer.readableBytes());
      out.add(malformed());
      return;
    }
    int before = out.size();
    super.decode(context, buffer, out);
    for (int i = before; i < out.size(); i++) {
      follow(out.get(i));
    }
  }

  private boolean isAtSizeLine(ByteBuf buffer) {
    return isChunked
        && !isBehindLastChunk
        && missing == 0
        && buffer.isReadable()
        && buffer.getByte(buffer.readerIndex()) != HttpConstants.CR;
  }

  /// Reads the line's size, unless the line is not whole yet.
  ///
  /// @return false if it is malformed
  private boolean takeSizeLine(ByteBuf buffer) {
    int length = buffer.bytesBefore(HttpConstants.LF);
    if (length < 0) {
      return true;
    }
    String line = buffer.toString(buffer.readerIndex(), length, StandardCharsets.ISO_8859_1);
    Matcher size = SIZE_LINE.matcher(line);
    if (!size.matches()) {
      return false;
    }
    missing = Long.parseLong(size.group(1), HEXADECIMAL);
    isBehindLastChunk = missing == 0;
    return true;
  }

  private void follow(Object message) {
    if (message instanceof HttpRequest request) {
      isChunked = HttpUtil.isTransferEncodingChunked(request);
      isBehindLastChunk = false;
      missing = 0;
    }
    if (message instanceof LastHttpContent) {
      isChunked = false;
    } else if (message instanceof HttpContent chunk) {
      missing -= chunk.content().readableBytes();
    }
  }

  private static HttpContent malformed() {
    HttpContent chunk = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
    chunk.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("malformed chunk size line")));
    return chunk;
  }
}
