package dev.chasqui.http.server;

import dev.chasqui.http.server.ServerEvents.Refusal;
import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Watches one connection from in front of the HTTP parser: what it is waiting for and since when.
/// Vert.x bounds sizes but not slowness; the loop looks at all its connections once a tick and ends
/// those that are late, so no request needs a timer of its own.
///
/// All of it happens on the connection's event loop.
final class Connection extends ChannelInboundHandlerAdapter {

  static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class, "chasqui");

  /// The most bytes of a refused request that are read and discarded. The caller is still sending,
  /// and a connection that is closed on it could be reset before it reads the answer.
  private static final int MAX_DISCARDED_BYTES = 1 << 20;

  /// The same of a stream that is answered before its end: its caller sends a large body and reads
  /// when it is done.
  private static final int MAX_DISCARDED_AFTER_ANSWER_BYTES = 64 << 20;

  /// The phases of a connection, by what it waits for.
  enum Phase {
    /// The first byte of the next request.
    IDLE,
    /// The rest of a request's head.
    HEAD,
    /// The rest of a request's body.
    BODY,
    /// Our own answer.
    ANSWER,
    /// A body or an answer that goes piece by piece, which watches itself.
    STREAM,
    /// The caller's end, after a refusal.
    END
  }

  private final LoopServer loop;
  private final ChannelHandlerContext position;
  private final Channel channel;
  private final InetAddress peer;
  private Phase phase = Phase.IDLE;
  private long since;
  private boolean wasAnswered;
  private long discarded;
  private long mayDiscard = MAX_DISCARDED_BYTES;
  private @Nullable Exchange exchange;

  /// Where the connection stands in the loop's table.
  int index;

  private Connection(LoopServer loop, ChannelPipeline pipeline) {
    this.loop = loop;
    this.channel = pipeline.channel();
    this.peer = ((InetSocketAddress) channel.remoteAddress()).getAddress();
    this.since = loop.tick();
    pipeline.replace("httpDecoder", "httpDecoder", new StrictDecoder(loop.parserLimits()));
    pipeline.addBefore("httpDecoder", "connection", this);
    pipeline.addAfter("httpDecoder", "parserWatch", new ParserWatch(this));
    this.position = pipeline.context(this);
    channel.attr(KEY).set(this);
  }

  /// Begins to watch a connection that was just accepted.
  static Connection watch(LoopServer loop, ChannelPipeline pipeline) {
    return new Connection(loop, pipeline);
  }

  InetAddress peer() {
    return peer;
  }

  Phase phase() {
    return phase;
  }

  long since() {
    return since;
  }

  /// Whether it waits for its first request to arrive.
  boolean isUseless() {
    return !wasAnswered && (phase == Phase.IDLE || phase == Phase.HEAD || phase == Phase.BODY);
  }

  void enter(Phase next) {
    if (phase == Phase.END) {
      return;
    }
    wasAnswered |= phase == Phase.ANSWER || phase == Phase.STREAM;
    phase = next;
    since = loop.tick();
    if (next == Phase.IDLE) {
      exchange = null;
    }
  }

  /// A request has begun.
  void begin(Exchange next) {
    exchange = next;
  }

  /// Answers in front of the parser, stops sending, and reads on for a moment before the connection
  /// is closed.
  void refuse(ProblemException problem, Refusal why) {
    refuse(problem, why, requestLine());
  }

  /// The same for a request of which no exchange was made.
  void refuse(ProblemException problem, Refusal why, RequestLine asked) {
    refuse(loop.shared().errors.of(asked.path(), problem), problem.title(), why, asked);
  }

  /// The same with an answer that is more than a problem's.
  void refuse(Response answer, String reason, Refusal why) {
    refuse(answer, reason, why, requestLine());
  }

  private RequestLine requestLine() {
    return exchange == null ? RequestLine.UNREAD : exchange.requestLine();
  }

  private void refuse(Response answer, String reason, Refusal why, RequestLine asked) {
    if (phase == Phase.END) {
      return;
    }
    int status = answer.status();
    abandonRequest();
    enter(Phase.END);
    loop.events().refused(why);
    StringBuilder head =
        new StringBuilder("HTTP/1.1 %d %s\r\nConnection: close\r\n".formatted(status, reason));
    head.append("Date: %s\r\n".formatted(loop.shared().date.now()));
    head.append(status == 503 ? "Retry-After: 1\r\n" : "");
    answer.headers().forEach(it -> head.append("%s: %s\r\n".formatted(it.name(), it.value())));
    head.append("Content-Length: %d\r\n\r\n".formatted(answer.body().length()));
    Bytes body = asked.method().equals("HEAD") ? Bytes.EMPTY : answer.body();
    position
        .writeAndFlush(
            Unpooled.wrappedBuffer(
                head.toString().getBytes(StandardCharsets.US_ASCII), body.toArray()))
        .addListener(written -> stopSending(written.isSuccess()));
    channel.config().setAutoRead(true);
  }

  /// The same without reading on: the caller's body stays where it is until the connection is
  /// closed, and a caller that comes again and again comes no faster than that.
  void refuseUnread(Response answer, Refusal why) {
    refuse(answer, "Refused", why);
    channel.config().setAutoRead(false);
  }

  /// A chunk of the body that is read at the moment is malformed.
  ///
  /// @return false if no such body is awaited, or its answer has begun; the parser's own way is to
  ///   close the connection
  boolean refuseBadBody() {
    boolean isUnanswered =
        phase == Phase.BODY
            || (phase == Phase.STREAM && exchange != null && !exchange.isAnswerBegun());
    if (!isUnanswered) {
      return phase == Phase.END;
    }
    refuse(
        ProblemException.badRequest("a chunk of the body is malformed (RFC 9112 7.1)"),
        Refusal.BAD_REQUEST);
    return true;
  }

  /// Ends the connection after an answer that did not wait for all of its request: as after a
  /// refusal, the caller gets to read it.
  void endAfter(Future<Void> answer) {
    mayDiscard = MAX_DISCARDED_AFTER_ANSWER_BYTES;
    enter(Phase.END);
    channel.config().setAutoRead(true);
    answer.onComplete(written -> stopSending(written.succeeded()));
  }

  /// Looks whether a stream is late.
  void judgeStream() {
    if (exchange != null) {
      exchange.judgeStream();
    }
  }

  private void stopSending(boolean written) {
    if (written && channel instanceof DuplexChannel socket) {
      var _ = socket.shutdownOutput();
    } else {
      close();
    }
  }

  void close() {
    var _ = channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (phase == Phase.END) {
      discard(message);
      return;
    }
    if (phase == Phase.IDLE) {
      enter(Phase.HEAD);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    abandonRequest();
    loop.remove(this);
    context.fireChannelInactive();
  }

  /// Forgets a request that did not arrive whole. One that did is being answered and keeps what it
  /// holds until it is.
  private void abandonRequest() {
    if (exchange != null && phase == Phase.BODY) {
      exchange.end();
    } else if (exchange != null && phase == Phase.STREAM) {
      exchange.gone();
    }
  }

  private void discard(Object message) {
    if (message instanceof ByteBuf bytes) {
      discarded += bytes.readableBytes();
    }
    ReferenceCountUtil.release(message);
    if (discarded > mayDiscard) {
      close();
    }
  }
}
