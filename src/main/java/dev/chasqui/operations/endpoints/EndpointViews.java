package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.EndpointStates;
import dev.chasqui.store.DeliveryViews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tells endpoints with their health and backlog.
public final class EndpointViews {

  private final EndpointHealths healths;
  private final DeliveryViews deliveries;
  private final Clock clock;

  public EndpointViews(EndpointHealths healths, DeliveryViews deliveries, Clock clock) {
    this.healths = healths;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  EndpointView of(Endpoint endpoint) {
    return of(List.of(endpoint)).getFirst();
  }

  /// One that is made now and is owed nothing yet.
  EndpointView ofNew(Endpoint endpoint) {
    return of(endpoint, Map.of());
  }

  /// A list of endpoints, whose backlogs are read at once.
  List<EndpointView> of(List<Endpoint> endpoints) {
    Map<EndpointId, DeliveryViews.Backlog> backlogs =
        deliveries.backlogs(endpoints.stream().map(Endpoint::id).toList());
    return endpoints.stream().map(it -> of(it, backlogs)).toList();
  }

  private EndpointView of(Endpoint endpoint, Map<EndpointId, DeliveryViews.Backlog> backlogs) {
    EndpointHealths.Health health = healths.of(endpoint.id());
    DeliveryViews.Backlog backlog =
        backlogs.getOrDefault(endpoint.id(), DeliveryViews.Backlog.NONE);
    EndpointView.Doing doing =
        new EndpointView.Doing(
            endpoint.access().secrets().size(),
            EndpointStates.of(endpoint, health),
            health.lane(),
            health.lastSampleMillis(),
            health.laneReason(),
            backlog.count(),
            overdue(backlog.since()));
    return EndpointView.of(endpoint, doing);
  }

  /// For how long the oldest has been owed, whether it waits for its first attempt or for another;
  /// null if nothing waits.
  private @Nullable Long overdue(@Nullable Instant since) {
    return since == null
        ? null
        : (Long) Math.max(0, Duration.between(since, clock.instant()).toSeconds());
  }
}
