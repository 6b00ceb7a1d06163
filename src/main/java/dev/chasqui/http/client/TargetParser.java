package dev.chasqui.http.client;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads URLs.
final class TargetParser {

  /// A handshake's URL holds its verify token, for which Meta names no limit.
  private static final int MAX_LENGTH = 1 << 20;

  private static final int MAX_NAME_LENGTH = 253;
  private static final Pattern URL =
      Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(?:#.*)?");
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::(.*))?");
  private static final Pattern NAME =
      Pattern.compile(
          "(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\\.(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?))*");
  private static final Pattern LOOKS_NUMERIC = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]*");

  private TargetParser() {}

  static Target parse(String text) {
    Matcher url = URL.matcher(text);
    if (text.length() > MAX_LENGTH) {
      return new Target.Bad("the URL is longer than " + MAX_LENGTH + " characters");
    }
    if (!VISIBLE.matcher(text).matches()) {
      return new Target.Bad("the URL has spaces or control characters");
    }
    if (!url.matches()) {
      return new Target.Bad("the URL is no absolute http or https URL");
    }
    boolean tls = url.group(1).equalsIgnoreCase("https");
    String query = url.group(4) == null ? "" : url.group(4);
    String path = url.group(3).isEmpty() ? "/" : url.group(3);
    return parseAuthority(tls, url.group(2).toLowerCase(Locale.ROOT), path + query);
  }

  private static Target parseAuthority(boolean tls, String authority, String path) {
    if (authority.contains("@")) {
      return new Target.Bad("the URL has a user name or password");
    }
    Matcher matcher = AUTHORITY.matcher(authority);
    if (!matcher.matches() || matcher.group(1).isEmpty()) {
      return new Target.Bad("the URL has no host");
    }
    int port = port(matcher.group(2), tls);
    if (port < 1) {
      return new Target.Bad("the URL's port is none");
    }
    String host = matcher.group(1);
    return host.startsWith("[")
        ? ipv6(tls, host.substring(1, host.length() - 1), port, path)
        : nameOrIpv4(tls, host, port, path);
  }

  private static Target ipv6(boolean tls, String host, int port, String path) {
    if (!IPV6.matcher(host).matches() || host.indexOf(':') < 0) {
      return new Target.Bad("the URL's host is no IPv6 address");
    }
    return literal(tls, host, port, path);
  }

  private static Target nameOrIpv4(boolean tls, String host, int port, String path) {
    if (IPV4.matcher(host).matches()) {
      return literal(tls, host, port, path);
    }
    boolean isAbsolute = host.endsWith(".");
    String name = isAbsolute ? host.substring(0, host.length() - 1) : host;
    if (LOOKS_NUMERIC.matcher(name).matches()) {
      return new Target.Bad("the URL's host is an address in an unusual spelling");
    }
    if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
      return new Target.Bad("the URL's host is no plain name");
    }
    return new Target.Url(tls, name, port, path, null, isAbsolute);
  }

  private static Target literal(boolean tls, String host, int port, String path) {
    try {
      return new Target.Url(tls, host, port, path, InetAddress.ofLiteral(host), false);
    } catch (IllegalArgumentException e) {
      return new Target.Bad("the URL's host is no address");
    }
  }

  /// Parses a port.
  ///
  /// @return the scheme's default if there is no text, 0 if it is no port
  private static int port(@Nullable String text, boolean tls) {
    if (text == null) {
      return tls ? 443 : 80;
    }
    if (text.isEmpty() || text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port > 65_535 ? 0 : port;
  }
}
