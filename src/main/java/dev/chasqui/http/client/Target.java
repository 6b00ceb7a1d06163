package dev.chasqui.http.client;

import java.net.InetAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a URL leads. We read it ourselves, because a host that one parser takes for a name and
/// another for `127.0.0.1` (`2130706433`, `0x7f.1`, `0177.0.0.1`) is how address checks are got
/// around: what is neither a plain name nor an address in its usual spelling is refused.
sealed interface Target {

  /// It can be sent to, if its address is allowed.
  ///
  /// @param host as in the URL, lower case; an IPv6 literal without brackets
  /// @param path path and query as they are sent
  /// @param literal the address if the host is one
  record Url(boolean tls, String host, int port, String path, @Nullable InetAddress literal)
      implements Target {

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
    return TargetParser.parse(uri.toASCIIString());
  }
}
