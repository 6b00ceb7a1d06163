package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Route.delete;
import static dev.chasqui.api.operator.Route.get;
import static dev.chasqui.api.operator.Route.patch;
import static dev.chasqui.api.operator.Route.post;

import dev.chasqui.operations.Operation;
import java.util.List;

/// The table of paths: where each operation is reached.
final class OperatorRoutes {

  private static final String ENDPOINTS = "/api/v1/endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";
  private static final String TOKENS = "/api/v1/tokens";

  private static final List<Route> ALL =
      List.of(
          post(ENDPOINTS, "endpoints.create").creates(ENDPOINTS + "/{id}"),
          get(ENDPOINTS, "endpoints.list"),
          get(ENDPOINT, "endpoints.get"),
          patch(ENDPOINT, "endpoints.edit"),
          delete(ENDPOINT, "endpoints.delete"),
          post(ENDPOINT + "/pause", "endpoints.pause"),
          post(ENDPOINT + "/resume", "endpoints.resume"),
          post(ENDPOINT + "/test", "endpoints.test"),
          post(ENDPOINT + "/rotate-secret", "endpoints.rotate-secret"),
          post(ENDPOINT + "/retry-now", "endpoints.retry-now").answers(202),
          post(TOKENS, "tokens.create").answers(201),
          get(TOKENS, "tokens.list"),
          delete(TOKENS + "/{id}", "tokens.delete"));

  private OperatorRoutes() {}

  /// An operation at its place.
  ///
  /// @throws IllegalStateException if the table has none, or more than one
  static Bound bind(Operation<?, ?> operation) {
    List<Route> found = ALL.stream().filter(it -> it.operation().equals(operation.name())).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(operation.name() + " has " + found.size() + " routes");
    }
    return new Bound(found.getFirst(), operation);
  }
}
