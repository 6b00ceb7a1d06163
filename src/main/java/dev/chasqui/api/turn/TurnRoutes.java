package dev.chasqui.api.turn;

import dev.chasqui.http.server.Routes;

/// A listener's routes behind Turn's gate.
public final class TurnRoutes {

  private final Routes routes;
  private final TurnGate gate;

  TurnRoutes(Routes routes, TurnGate gate) {
    this.routes = routes;
    this.gate = gate;
  }

  /// Adds a call that counts in the bucket `general`.
  ///
  /// @param maxBodyBytes over it the answer is 413 and the handler never hears of the call
  public TurnRoutes add(String method, String path, int maxBodyBytes, TurnHandler handler) {
    return add(method, path, maxBodyBytes, RateBucket.GENERAL, handler);
  }

  TurnRoutes add(
      String method, String path, int maxBodyBytes, RateBucket bucket, TurnHandler handler) {
    routes.blocking(method, path, maxBodyBytes, request -> gate.pass(request, bucket, handler));
    return this;
  }

  /// The listener's own routes, for what does not come as one body in memory: media.
  public Routes plain() {
    return routes;
  }

  /// The check of tokens and rates before each call.
  public TurnGate gate() {
    return gate;
  }
}
