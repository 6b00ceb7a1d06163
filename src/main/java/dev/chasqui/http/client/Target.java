package dev.chasqui.http.client;

import dev.chasqui.model.TextRule;
import io.vertx.core.net.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a URL leads. We read it ourselves, because a host that one parser takes for a name and
/// another for `127.0.0.1` (`2130706433`, `0x7f.1`, `0177.0.0.1`) is how address checks are got
/// around: what is neither a plain name nor an address in its usual spelling is refused.
sealed interface Target {

  /// It can be sent to, if its address is allowed.
  ///
  /// @param host as in the URL, lower case; an IPv6 literal without brackets, a name without the
  ///   dot at its end
  /// @param path path and query as they are sent
  /// @param literal the address if the host is one
  /// @param isAbsolute whether the name ended in a dot, so that no search domain is tried
  record Url(
      boolean tls,
      String host,
      int port,
      String path,
      @Nullable InetAddress literal,
      boolean isAbsolute)
      implements Target {

    /// The host as it stands in a URL and in `Host` (RFC 3986, 3.2.2): an IPv6 literal in brackets.
    String authority() {
      return host.indexOf(':') < 0 ? host : '[' + host + ']';
    }

    /// The name to resolve.
    String name() {
      return isAbsolute ? host + '.' : host;
    }

    /// What one receiver is for the limits per host.
    String hostAndPort() {
      return host + ':' + port;
    }
  }

  /// It cannot be sent to.
  ///
  /// @param why for the operator, without the URL
  record Bad(String why) implements Target {}

  /// Reads a URL.
  static Target parse(URI uri) {
    // The JDK cannot write half a character as ASCII and fails with a null pointer.
    return TextRule.isWellFormed(uri.toString())
        ? TargetParser.parse(uri.toASCIIString())
        : new Bad("must not have half a character (an unpaired surrogate)");
  }

  /// A checked address as Vert.x takes it. Its resolver of origins builds an authority of the host,
  /// so an IPv6 address needs its brackets there too.
  static SocketAddress socket(InetAddress address, int port) {
    String host = address.getHostAddress();
    return SocketAddress.inetSocketAddress(
        port, address instanceof Inet6Address ? '[' + host + ']' : host);
  }
}
