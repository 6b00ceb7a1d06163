package dev.chasqui.api.operator;

import org.jspecify.annotations.Nullable;

/// Where an operation is reached over HTTP. Members of its record that stand in the pattern come
/// from the path; the others from the query, if nothing is changed, or from the body.
///
/// @param pattern the path with `{names}`
/// @param operation the operation's name
/// @param status what success is answered with
/// @param location where what was made is found, a pattern with a name of the answer; null if
///   nothing is made
record OperationRoute(
    String method, String pattern, String operation, int status, @Nullable String location) {

  static OperationRoute get(String pattern, String operation) {
    return new OperationRoute("GET", pattern, operation, 200, null);
  }

  static OperationRoute post(String pattern, String operation) {
    return new OperationRoute("POST", pattern, operation, 200, null);
  }

  static OperationRoute put(String pattern, String operation) {
    return new OperationRoute("PUT", pattern, operation, 200, null);
  }

  static OperationRoute patch(String pattern, String operation) {
    return new OperationRoute("PATCH", pattern, operation, 200, null);
  }

  static OperationRoute delete(String pattern, String operation) {
    return new OperationRoute("DELETE", pattern, operation, 204, null);
  }

  /// The same, answered with 201 and where the new thing is found.
  OperationRoute creates(String at) {
    return new OperationRoute(method, pattern, operation, 201, at);
  }

  /// The same, answered with another status.
  OperationRoute answers(int other) {
    return new OperationRoute(method, pattern, operation, other, location);
  }

  /// Whether its record is read from a body.
  boolean hasBody() {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /// Whether a name stands in the path.
  boolean isInPath(String name) {
    return pattern.contains("{" + name + "}");
  }
}
