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

  /// The reason to refuse a head.
  record Fault(int status, String title, String detail, Refusal why) {

    static final Fault HOST =
        badRequest("the request needs one Host header with a host and perhaps a port");
    static final Fault FIELD_NAME = badRequest("a header has no name");
    static final Fault TARGET =
        badRequest(
            "the request target must be a path or an http URL of visible ASCII, with two"
                + " hexadecimal digits behind each % of its path");
    static final Fault CODING =
        badRequest("Transfer-Encoding must end with chunked, once, and needs HTTP/1.1");
    static final Fault OTHER_CODING = notImplemented("of the transfer codings only chunked is");
    static final Fault CONNECT = notImplemented("CONNECT is not");
    static final Fault VERSION =
        new Fault(
            505, "HTTP version not supported", "send HTTP/1.1", Refusal.VERSION_NOT_SUPPORTED);
    static final Fault EXPECTATION =
        new Fault(
            417,
            "Expectation failed",
            "of the expectations only 100-continue is offered",
            Refusal.BAD_REQUEST);

    private static Fault badRequest(String detail) {
      return new Fault(400, "Bad request", detail, Refusal.BAD_REQUEST);
    }

    private static Fault notImplemented(String what) {
      return new Fault(501, "Not implemented", what + " offered", Refusal.NOT_IMPLEMENTED);
    }

    ProblemException problem() {
      return new ProblemException(status, title, detail);
    }
  }

  /// @return null if nothing is wrong
  static @Nullable Fault fault(HttpServerRequest request) {
    HttpVersion version = request.version();
    if (version == null) {
      return Fault.VERSION;
    }
    boolean isOld = version == HttpVersion.HTTP_1_0;
    MultiMap headers = request.headers();
    if (headers.contains("")) {
      return Fault.FIELD_NAME;
    }
    if (!isHostRight(headers.getAll(HttpHeaders.HOST), isOld)) {
      return Fault.HOST;
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
      return Fault.CODING;
    }
    return codings.size() > 1 ? Fault.OTHER_CODING : null;
  }

  private static @Nullable Fault targetFault(String method, String target) {
    if (method.equals("CONNECT")) {
      return Fault.CONNECT;
    }
    if (target.equals("*")) {
      return method.equals("OPTIONS") ? null : Fault.TARGET;
    }
    boolean isAbsolute = target.startsWith("http://") || target.startsWith("https://");
    return (isAbsolute || target.startsWith("/")) && TargetPath.isRight(target)
        ? null
        : Fault.TARGET;
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
