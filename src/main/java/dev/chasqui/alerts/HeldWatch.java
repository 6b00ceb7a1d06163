package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.BacklogStore.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Endpoints for which the store keeps events that the journal would have let go of long ago.
final class HeldWatch implements Watch {

  private final Supplier<Map<EndpointId, Held>> held;
  private final Supplier<List<Endpoint>> endpoints;

  HeldWatch(Supplier<Map<EndpointId, Held>> held, Supplier<List<Endpoint>> endpoints) {
    this.held = held;
    this.endpoints = endpoints;
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    Map<EndpointId, Held> all = held.get();
    List<Finding> findings = new ArrayList<>();
    for (Endpoint endpoint : endpoints.get()) {
      Held one = all.get(endpoint.id());
      if (one != null) {
        findings.add(finding(endpoint, one));
      }
    }
    return findings;
  }

  private static Finding finding(Endpoint endpoint, Held held) {
    String summary =
        ("endpoint %s (%s) is owed %d deliveries from before the journal's oldest segment: %d bytes"
                + " are kept for it, since %s")
            .formatted(
                endpoint.id(),
                endpoint.identity().name(),
                held.deliveries(),
                held.bytes(),
                held.since());
    Map<String, String> details =
        Map.of(
            "endpointId", endpoint.id().toString(),
            "name", endpoint.identity().name(),
            "deliveries", Long.toString(held.deliveries()),
            "bytes", Long.toString(held.bytes()),
            "since", held.since().toString());
    return new Finding(
        endpoint.workspace(),
        new Finding.Topic(Kind.BACKLOG_HELD, endpoint.id().toString()),
        "held",
        new Alert.Words(Severity.WARNING, summary, details),
        Duration.ZERO);
  }
}
