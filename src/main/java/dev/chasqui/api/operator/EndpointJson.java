package dev.chasqui.api.operator;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.store.DeliveryViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Writes an endpoint with its health and backlog. Secrets are never told, headers' values are
/// masked.
final class EndpointJson {

  private final EndpointHealths healths;
  private final DeliveryViews deliveries;
  private final Clock clock;

  EndpointJson(EndpointHealths healths, DeliveryViews deliveries, Clock clock) {
    this.healths = healths;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  Answer write(Endpoint endpoint) {
    return write(endpoint, deliveries.backlogs(List.of(endpoint.id())));
  }

  /// One that is made now and is owed nothing yet.
  Answer writeNew(Endpoint endpoint) {
    return write(endpoint, Map.of());
  }

  /// A writer for a list of endpoints, whose backlogs are read at once.
  Function<Endpoint, Answer> writer(List<Endpoint> endpoints) {
    Map<EndpointId, DeliveryViews.Backlog> backlogs =
        deliveries.backlogs(endpoints.stream().map(Endpoint::id).toList());
    return endpoint -> write(endpoint, backlogs);
  }

  private Answer write(Endpoint endpoint, Map<EndpointId, DeliveryViews.Backlog> backlogs) {
    EndpointHealths.Health health = healths.of(endpoint.id());
    DeliveryViews.Backlog backlog =
        backlogs.getOrDefault(endpoint.id(), DeliveryViews.Backlog.NONE);
    return new Answer()
        .text("id", endpoint.id())
        .text("workspace", endpoint.workspace())
        .add("role", endpoint.role().name().toLowerCase(Locale.ROOT))
        .all(EndpointBody.write(endpoint))
        .add("headers", masked(endpoint))
        .add("tls", TlsBody.told(endpoint.access().tls()))
        .add("secrets", endpoint.access().secrets().size())
        .add("state", state(endpoint, health))
        .add("lane", health.lane().wire())
        .add("lastSampleMillis", health.lastSampleMillis())
        .add("laneReason", health.laneReason())
        .add("backlog", backlog.count())
        .add("oldestDueSeconds", overdue(backlog.since()));
  }

  /// The word for how an endpoint does.
  String state(Endpoint endpoint) {
    return state(endpoint, healths.of(endpoint.id()));
  }

  private static ObjectNode masked(Endpoint endpoint) {
    Answer headers = new Answer();
    endpoint.access().headers().keySet().stream()
        .sorted()
        .forEach(name -> headers.add(name, EndpointBody.MASK));
    return headers.members();
  }

  private static String state(Endpoint endpoint, EndpointHealths.Health health) {
    return switch (endpoint.identity().switched()) {
      case ON -> health.state();
      case PAUSED -> "paused";
      case DISABLED -> "disabled";
      case REMOVED -> "removed";
    };
  }

  /// For how long the oldest has been owed, whether it waits for its first attempt or for another;
  /// null if nothing waits.
  private @Nullable Long overdue(@Nullable Instant since) {
    return since == null
        ? null
        : (Long) Math.max(0, Duration.between(since, clock.instant()).toSeconds());
  }
}
