package dev.chasqui.http.server;

import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;

/// The path of a request's target. Unreserved characters mean the same whether they are
/// percent-encoded or not (RFC 3986 6.2.2.2), so they are compared decoded; others stay as they
/// are, since a `%2F` is no slash.
final class TargetPath {

  private static final int ESCAPE_CHARS = 3;

  private TargetPath() {}

  /// A request's path without its query, `*` for the server itself.
  static String of(HttpServerRequest request) {
    return request.uri().equals("*") ? "*" : Objects.requireNonNullElse(request.path(), "");
  }

  /// Whether all of a target up to its query is visible ASCII, each `%` with two hexadecimal digits
  /// behind it.
  static boolean isRight(String target) {
    int query = target.indexOf('?');
    int end = query < 0 ? target.length() : query;
    for (int i = 0; i < end; i++) {
      char c = target.charAt(i);
      if (c <= ' ' || c > '~' || (c == '%' && octet(target, i) < 0)) {
        return false;
      }
    }
    return true;
  }

  /// A path with its unreserved characters decoded.
  static String normalized(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    StringBuilder normal = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      int octet = c == '%' ? octet(path, i) : -1;
      boolean isDecoded = octet >= 0 && isUnreserved((char) octet);
      normal.append(isDecoded ? (char) octet : c);
      i += isDecoded ? ESCAPE_CHARS - 1 : 0;
    }
    return normal.toString();
  }

  /// The octet that an escape at a place stands for, -1 if it is none.
  static int octet(String text, int at) {
    if (at + ESCAPE_CHARS > text.length()) {
      return -1;
    }
    int high = hex(text.charAt(at + 1));
    int low = hex(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }

  /// Only ASCII digits count.
  private static int hex(char c) {
    return c > '~' ? -1 : Character.digit(c, 16);
  }

  static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }
}
