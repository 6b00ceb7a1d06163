package dev.chasqui.sim.graph;

import com.sun.net.httpserver.HttpExchange;
import dev.chasqui.http.server.Query;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// One request.
///
/// @param path its segments
/// @param authorization empty if there is none
/// @param mediaType the body's, as it was written; empty if there is none
record FakeGraphCall(
    String method,
    List<String> path,
    Query query,
    String authorization,
    String mediaType,
    Bytes body) {

  /// What media may have; messages are much shorter.
  static final int MAX_BODY_BYTES = 101 << 20;

  private static final String BEARER = "Bearer ";
  private static final Pattern VERSION = Pattern.compile("v[0-9]+\\.[0-9]+");

  static FakeGraphCall read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw GraphRefusal.of(100, "the body is too long");
    }
    String raw = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
    return new FakeGraphCall(
        exchange.getRequestMethod(),
        Stream.of(exchange.getRequestURI().getPath().split("/", -1)).skip(1).toList(),
        new Query(raw),
        header(exchange, "Authorization"),
        header(exchange, "Content-Type"),
        Bytes.of(body));
  }

  /// The bearer token of the header, or the query's `access_token`.
  String token() {
    return authorization.startsWith(BEARER)
        ? authorization.substring(BEARER.length())
        : parameter("access_token");
  }

  /// A value of the query, empty if it is not there.
  String parameter(String name) {
    return Objects.requireNonNullElse(query.first(name), "");
  }

  /// Whether the path is `/{version}/{id}` and these.
  boolean isBelowNode(String... rest) {
    return path.size() == 2 + rest.length
        && VERSION.matcher(path.getFirst()).matches()
        && path.subList(2, path.size()).equals(List.of(rest));
  }

  String node() {
    return path.get(1);
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }
}
