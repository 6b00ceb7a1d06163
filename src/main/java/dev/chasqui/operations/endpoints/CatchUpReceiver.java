package dev.chasqui.operations.endpoints;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.store.ResourceStore;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Checks the endpoint that another one's old deliveries go to: they are not written anew, so it
/// speaks the same dialect; and it passes nothing on, so that nothing goes in a circle.
final class CatchUpReceiver {

  private static final String PATH = "policy.maxAgeAction";

  private final ResourceStore resources;

  CatchUpReceiver(ResourceStore resources) {
    this.resources = resources;
  }

  /// @param document where faults are noted
  /// @throws dev.chasqui.json.InvalidBodyException if it names none that can catch up
  void check(Endpoint endpoint, ObjectNode document) {
    if (endpoint.policy().retry().expiry().action() instanceof Policy.TooOld.Move move) {
      JsonBody faults = JsonBody.of(document);
      objection(endpoint, move.to()).ifPresent(it -> faults.problem(PATH, it));
      faults.check();
    }
  }

  private Optional<String> objection(Endpoint endpoint, EndpointId to) {
    Endpoint other =
        resources
            .endpoint(to)
            .filter(it -> it.workspace().equals(endpoint.workspace()))
            .orElse(null);
    if (other == null) {
      return Optional.of("names no endpoint of this workspace");
    }
    if (to.equals(endpoint.id())) {
      return Optional.of("must name another endpoint");
    }
    if (other.dialect() != endpoint.dialect()) {
      return Optional.of("must name an endpoint of the dialect " + endpoint.dialect().wire());
    }
    return passesOn(other) || isCaughtUpAt(endpoint.id())
        ? Optional.of("must name an endpoint at the end: what goes there is not passed on")
        : Optional.empty();
  }

  private boolean isCaughtUpAt(EndpointId id) {
    return resources.endpoints().stream()
        .map(it -> it.policy().retry().expiry().action())
        .anyMatch(it -> it instanceof Policy.TooOld.Move move && move.to().equals(id));
  }

  private static boolean passesOn(Endpoint endpoint) {
    return endpoint.policy().retry().expiry().action() instanceof Policy.TooOld.Move;
  }
}
