package dev.chasqui.http.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request: a hash lookup for literal paths, then the patterns with as many
/// segments, the most specific first.
final class RouteTable {

  /// The methods that at least one route may have.
  static final String METHODS = "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT";

  private final Map<String, Map<String, Route>> literals = new HashMap<>();
  private final Map<Integer, List<Route>> patterns = new HashMap<>();

  RouteTable(List<Route> routes) {
    routes.forEach(this::add);
    patterns.values().forEach(RouteTable::sort);
  }

  sealed interface Match {}

  record Found(Route route, Map<String, String> parameters) implements Match {}

  /// The path has routes, but none for this method.
  ///
  /// @param allow the methods it has, as the header `Allow` lists them
  record WrongMethod(String allow) implements Match {}

  /// The request asks about the server itself: `OPTIONS *`.
  record Server() implements Match {}

  record Unknown() implements Match {}

  Match match(String method, String path) {
    if (path.equals("*")) {
      return new Server();
    }
    String wanted = method.equals("HEAD") ? "GET" : method;
    Map<String, Route> literal = literals.get(path);
    if (literal != null) {
      Route route = literal.get(wanted);
      if (route != null) {
        return new Found(route, Map.of());
      }
    }
    return matchPatterns(wanted, path, literal);
  }

  private Match matchPatterns(String method, String path, @Nullable Map<String, Route> literal) {
    Set<String> allowed = new TreeSet<>(literal == null ? List.of() : literal.keySet());
    String[] segments = path.startsWith("/") ? RoutePattern.split(path) : new String[0];
    for (Route route : patterns.getOrDefault(segments.length, List.of())) {
      Map<String, String> parameters = route.pattern().match(segments);
      if (parameters != null && route.method().equals(method)) {
        return new Found(route, parameters);
      }
      if (parameters != null) {
        allowed.add(route.method());
      }
    }
    return allowed.isEmpty() ? new Unknown() : wrongMethod(allowed);
  }

  private static Match wrongMethod(Set<String> allowed) {
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new WrongMethod(String.join(", ", allowed));
  }

  private void add(Route route) {
    RoutePattern pattern = route.pattern();
    if (!pattern.isLiteral()) {
      patterns.computeIfAbsent(pattern.size(), _ -> new ArrayList<>()).add(route);
      return;
    }
    Map<String, Route> methods = literals.computeIfAbsent(pattern.toString(), _ -> new HashMap<>());
    if (methods.putIfAbsent(route.method(), route) != null) {
      throw new IllegalArgumentException("two routes for " + route.label());
    }
  }

  private static void sort(List<Route> routes) {
    routes.sort(Comparator.comparingInt(route -> route.pattern().rank()));
  }
}
