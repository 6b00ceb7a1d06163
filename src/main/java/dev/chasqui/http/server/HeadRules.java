package dev.chasqui.http.server;

import dev.chasqui.http.server.ServerEvents.Refusal;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the parser lets pass and RFC 9110 and 9112 do not. A head that two programs could read in
/// two ways is refused and its connection closed: what one of them takes for a body the other one
/// takes for the next request.
final class HeadRules {

  private static final String CHUNKED = "chunked";
  private static final String SUB_DELIMITERS = "!$&'()*+,;=";

  private HeadRules() {}

  /// What is wrong with a head.
  record Fault(int status, String reason, Refusal why) {

    static final Fault BAD_REQUEST = new Fault(400, "Bad Request", Refusal.BAD_REQUEST);
    static final Fault NOT_IMPLEMENTED = new Fault(501, "Not Implemented", Refusal.NOT_IMPLEMENTED);
    static final Fault VERSION =
        new Fault(505, "HTTP Version Not Supported", Refusal.VERSION_NOT_SUPPORTED);
    static final Fault EXPECTATION = new Fault(417, "Expectation Failed", Refusal.BAD_REQUEST);
  }

  /// @return null if nothing is wrong
  static @Nullable Fault fault(HttpServerRequest request) {
    HttpVersion version = request.version();
    if (version == null) {
      return Fault.VERSION;
    }
    boolean isOld = version == HttpVersion.HTTP_1_0;
    MultiMap headers = request.headers();
    if (headers.contains("") || !isHostRight(headers.getAll(HttpHeaders.HOST), isOld)) {
      return Fault.BAD_REQUEST;
    }
    Fault target = targetFault(request.method().name(), request.uri());
    Fault coding = target == null ? codingFault(headers, isOld) : target;
    return coding == null && !isOld && isUnknownExpectation(headers.get(HttpHeaders.EXPECT))
        ? Fault.EXPECTATION
        : coding;
  }

  /// Whether the body is compressed or otherwise coded.
  static boolean isContentCoded(MultiMap headers) {
    String coding = headers.get(HttpHeaders.CONTENT_ENCODING);
    return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
  }

  /// A body can only be found if its last coding is chunked, once (RFC 9112 6.3); other codings are
  /// not undone here.
  private static @Nullable Fault codingFault(MultiMap headers, boolean isOld) {
    List<String> fields = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
    if (fields.isEmpty()) {
      return null;
    }
    List<String> codings = new ArrayList<>();
    for (String coding : String.join(",", fields).split(",", -1)) {
      codings.add(coding.strip().toLowerCase(Locale.ROOT));
    }
    boolean isChunkedLast = codings.getLast().equals(CHUNKED);
    boolean isChunkedOnce = codings.indexOf(CHUNKED) == codings.size() - 1;
    if (isOld || !isChunkedLast || !isChunkedOnce) {
      return Fault.BAD_REQUEST;
    }
    return codings.size() > 1 ? Fault.NOT_IMPLEMENTED : null;
  }

  private static @Nullable Fault targetFault(String method, String target) {
    if (method.equals("CONNECT")) {
      return Fault.NOT_IMPLEMENTED;
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS") ? null : Fault.BAD_REQUEST;
    }
    boolean isAbsolute = target.startsWith("http://") || target.startsWith("https://");
    return (isAbsolute || target.startsWith("/")) && TargetPath.isRight(target)
        ? null
        : Fault.BAD_REQUEST;
  }

  private static boolean isUnknownExpectation(@Nullable String expect) {
    return expect != null && !expect.equalsIgnoreCase("100-continue");
  }

  private static boolean isHostRight(List<String> hosts, boolean isOld) {
    return hosts.isEmpty() ? isOld : hosts.size() == 1 && isAuthority(hosts.getFirst());
  }

  /// A host and perhaps a port, without a user (RFC 9112 3.2).
  private static boolean isAuthority(String host) {
    int colon = host.lastIndexOf(':');
    boolean hasPort = colon >= 0 && colon > host.lastIndexOf(']');
    String name = hasPort ? host.substring(0, colon) : host;
    for (int i = hasPort ? colon + 1 : host.length(); i < host.length(); i++) {
      if (!isDigit(host.charAt(i))) {
        return false;
      }
    }
    return name.startsWith("[") ? isIpv6(name) : isName(name);
  }

  private static boolean isIpv6(String name) {
    if (name.length() < 4 || !name.endsWith("]")) {
      return false;
    }
    for (int i = 1; i < name.length() - 1; i++) {
      char c = name.charAt(i);
      if (!isDigit(c) && Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return false;
      }
    }
    return true;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isPlain = TargetPath.isUnreserved(c) || SUB_DELIMITERS.indexOf(c) >= 0;
      if (!isPlain && !(c == '%' && TargetPath.octet(name, i) >= 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
