package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.OperationRoute.delete;
import static dev.chasqui.api.operator.OperationRoute.get;
import static dev.chasqui.api.operator.OperationRoute.patch;
import static dev.chasqui.api.operator.OperationRoute.post;
import static dev.chasqui.api.operator.OperationRoute.put;

import dev.chasqui.operations.Operation;
import java.util.List;

/// The table of paths: where each operation is reached.
final class OperatorRoutes {

  private static final String ENDPOINTS = "/api/v1/endpoints";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";
  private static final String SECRETS = "/api/v1/secrets";
  private static final String APP = "/api/v1/app";
  private static final String WABAS = "/api/v1/wabas";
  private static final String NUMBERS = "/api/v1/phone-numbers";
  private static final String FALLBACK = NUMBERS + "/{id}/fallback";
  private static final String TURN = "/api/v1/turn-channels";
  private static final String EXOTEL = "/api/v1/exotel-accounts";
  private static final String EVENTS = "/api/v1/events";
  private static final String EVENT = EVENTS + "/{id}";
  private static final String EXPLAIN = "/api/v1/routes/explain";
  private static final String WEBHOOKS = SwitchbordErrors.ROOT;
  private static final String DELIVERIES = "/api/v1/deliveries";
  private static final String DEAD_LETTERS = "/api/v1/dead-letters";
  private static final String ALERTED = "/api/v1/alert-webhook";
  private static final String TOKENS = "/api/v1/tokens";

  private static final List<OperationRoute> ALL =
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
          get(SECRETS, "secrets.list"),
          put(SECRETS + "/{name}", "secrets.set").answers(204),
          post(SECRETS + "/{name}/reverify", "secrets.reverify"),
          get(APP, "app.get"),
          put(APP, "app.put"),
          get(WABAS, "wabas.list"),
          put(WABAS + "/{id}", "wabas.put"),
          get(NUMBERS, "numbers.list"),
          put(NUMBERS + "/{id}", "numbers.put"),
          get(FALLBACK, "fallback.get"),
          put(FALLBACK, "fallback.put"),
          delete(FALLBACK, "fallback.delete"),
          post(FALLBACK + "/rotate-channel", "fallback.rotate-channel"),
          get(TURN, "turn-channels.list"),
          get(TURN + "/{id}", "turn-channels.get"),
          put(TURN + "/{id}", "turn-channels.put"),
          delete(TURN + "/{id}", "turn-channels.delete"),
          get(EXOTEL, "exotel-accounts.list"),
          get(EXOTEL + "/{id}", "exotel-accounts.get"),
          put(EXOTEL + "/{id}", "exotel-accounts.put"),
          delete(EXOTEL + "/{id}", "exotel-accounts.delete"),
          get("/api/v1/system", "system.get"),
          get(EVENTS, "events.list"),
          get(EVENT, "events.get"),
          get(EVENT + "/notifications", "events.notifications"),
          get(EVENT + "/deliveries", "events.deliveries"),
          get(EVENT + "/raw", "events.raw"),
          get(EVENT + "/envelope", "events.envelope"),
          get(EXPLAIN, "routes.explain"),
          post(EXPLAIN, "routes.explain-sample"),
          get(WEBHOOKS, "webhooks.list"),
          get(WEBHOOKS + "/{id}", "webhooks.get"),
          post(WEBHOOKS + "/{id}/replay", "webhooks.replay").answers(202),
          get(DELIVERIES, "deliveries.list"),
          get(DELIVERIES + "/{id}", "deliveries.get"),
          post(DELIVERIES + "/{id}/retry-now", "deliveries.retry-now").answers(202),
          post(DELIVERIES + "/retry-now", "deliveries.retry-matching")
              .creates("/api/v1/replays/{id}")
              .answers(202),
          get(DEAD_LETTERS, "dead-letters.list"),
          get(DEAD_LETTERS + "/groups", "dead-letters.groups"),
          get("/api/v1/series", "series.get"),
          get("/api/v1/alerts", "alerts.list"),
          get("/api/v1/alerts/{id}", "alerts.get"),
          get(ALERTED, "alert-webhook.get"),
          put(ALERTED, "alert-webhook.put"),
          delete(ALERTED, "alert-webhook.delete"),
          post(ALERTED + "/rotate-secret", "alert-webhook.rotate-secret"),
          post(TOKENS, "tokens.create").answers(201),
          get(TOKENS, "tokens.list"),
          delete(TOKENS + "/{id}", "tokens.delete"));

  private OperatorRoutes() {}

  /// An operation at its place.
  ///
  /// @throws IllegalStateException if the table has none, or more than one
  static Bound bind(Operation<?, ?> operation) {
    List<OperationRoute> found =
        ALL.stream().filter(it -> it.operation().equals(operation.name())).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(operation.name() + " has " + found.size() + " routes");
    }
    return new Bound(found.getFirst(), operation);
  }
}
