package dev.chasqui.operations;

import dev.chasqui.model.Endpoint;

/// The word for how an endpoint does: what an operator made of it, else its health.
public final class EndpointStates {

  private EndpointStates() {}

  /// `healthy`, `degraded`, `failing`, `paused`, `disabled` or `removed`.
  public static String of(Endpoint endpoint, EndpointHealths.Health health) {
    return switch (endpoint.identity().switched()) {
      case ON -> health.state();
      case PAUSED -> "paused";
      case DISABLED -> "disabled";
      case REMOVED -> "removed";
    };
  }
}
