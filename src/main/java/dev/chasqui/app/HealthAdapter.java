package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.EndpointHealths;

/// Connects the operator's API to the dispatcher's view of an endpoint.
record HealthAdapter(Dispatcher dispatcher) implements EndpointHealths {

  @Override
  public Health of(EndpointId endpoint) {
    EndpointHealth health = dispatcher.health(endpoint);
    return new Health(
        health.state().wire(), health.lane(), health.lastSampleMillis(), health.laneReason());
  }
}
