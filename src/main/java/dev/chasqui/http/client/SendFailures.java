package dev.chasqui.http.client;

import dev.chasqui.model.SendResult.Failure;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Reads the exceptions of the network library: the one table from them to our closed list.
final class SendFailures {

  private SendFailures() {}

  /// The failure of a call before there was a connection.
  static Failure connecting(Throwable error, boolean tls) {
    if (isTls(error) || (tls && error instanceof ClosedChannelException)) {
      return Failure.TLS_FAILED;
    }
    if (error instanceof ConnectionPoolTooBusyException) {
      return Failure.HOST_BUSY;
    }
    if (error instanceof HttpClosedException) {
      return Failure.STALE_CONNECTION;
    }
    return error instanceof TimeoutException ? Failure.TIMEOUT : Failure.CONNECT_FAILED;
  }

  /// The failure of a call between the connection and the end of the answer.
  static Failure answering(Throwable error) {
    if (isTls(error)) {
      return Failure.TLS_FAILED;
    }
    if (error instanceof TooLongFrameException) {
      return Failure.ANSWER_TOO_LARGE;
    }
    boolean ended = error instanceof HttpClosedException || error instanceof IOException;
    return ended ? Failure.RESET : Failure.BAD_ANSWER;
  }

  /// What the operator reads. The exceptions' own words are left out: they hold addresses and URLs.
  static String words(Failure failure, @Nullable Throwable error) {
    return switch (failure) {
      case CONNECT_FAILED -> "no connection: " + kind(error);
      case TLS_FAILED -> "TLS failed: " + tlsWords(error);
      case RESET -> "the connection ended before the answer was complete";
      case STALE_CONNECTION -> "the receiver ended its keep-alive";
      case ANSWER_TOO_LARGE -> "the answer's head is larger than the limit";
      case BAD_ANSWER -> "the answer is no HTTP/1.1";
      case HOST_BUSY -> "too many requests wait for this host";
      case TIMEOUT -> "the deadline passed";
      case CLOSED -> "the gateway is stopping";
      case UNRESOLVABLE -> "the name does not exist";
      case RESOLVER_DOWN -> "the name could not be resolved";
      case ADDRESS_REFUSED -> "the address is not allowed";
    };
  }

  private static boolean isTls(Throwable error) {
    return error instanceof SSLException
        || (error instanceof DecoderException && error.getCause() instanceof SSLException);
  }

  private static String kind(@Nullable Throwable error) {
    String name = error == null ? "" : error.getClass().getSimpleName();
    return switch (name) {
      case "AnnotatedConnectException", "ConnectException" -> "refused";
      case "ConnectTimeoutException" -> "nobody answers";
      case "AnnotatedNoRouteToHostException", "NoRouteToHostException" -> "no route";
      default -> name;
    };
  }

  private static String tlsWords(@Nullable Throwable error) {
    Throwable deepest = error;
    while (deepest != null && deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String words = deepest == null ? null : deepest.getMessage();
    return words == null ? "no words" : words;
  }
}
