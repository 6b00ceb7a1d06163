package dev.chasqui.operations;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.DeliveryView.Ending;
import dev.chasqui.operations.DeliveryView.Progress;
import dev.chasqui.operations.DeliveryView.Scope;
import dev.chasqui.operations.DeliveryView.Target;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.ResourceStore;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tells the deliveries of one answer; looks the endpoints up once.
public final class DeliveryTeller {

  private final Map<EndpointId, Endpoint> endpoints = new HashMap<>();
  private final EndpointHealths healths;
  private final boolean mayReadContent;

  /// @param mayReadContent whether the caller is told what receivers answered
  public DeliveryTeller(ResourceStore resources, EndpointHealths healths, boolean mayReadContent) {
    resources.endpoints().forEach(it -> endpoints.put(it.id(), it));
    this.healths = healths;
    this.mayReadContent = mayReadContent;
  }

  /// Tells a delivery.
  public DeliveryView tell(DeliveryViews.DeliveryView row) {
    Endpoint endpoint = endpoints.get(row.endpoint());
    boolean isFiltered = row.state() == DeliveryState.FILTERED;
    String reason = row.ending().deadReason();
    return new DeliveryView(
        new Target(
            row.id(),
            row.source().event(),
            row.endpoint(),
            endpoint == null ? null : endpoint.dialect(),
            row.state(),
            lane(row.endpoint())),
        new Progress(
            row.attempts().stream().map(this::attempt).toList(),
            row.ending().attemptCount(),
            row.ending().nextAttemptAt()),
        isFiltered ? new Ending(null, reason) : new Ending(reason, null),
        new Scope(row.selection(), null));
  }

  /// Tells a delivery that never came to be, because the endpoint's rules of now keep the event
  /// out.
  public DeliveryView keptOut(EventId event, Explanation.Line line) {
    Endpoint endpoint = line.endpoint();
    return new DeliveryView(
        new Target(
            null,
            event,
            endpoint.id(),
            endpoint.dialect(),
            DeliveryState.FILTERED,
            lane(endpoint.id())),
        Progress.NONE,
        new Ending(null, String.join("; ", line.objections())),
        new Scope(items(line), true));
  }

  /// The lane in which deliveries to an endpoint wait now.
  public Lane lane(EndpointId endpoint) {
    return healths.of(endpoint).lane();
  }

  /// Which items it is about, null for the whole event.
  private static @Nullable String items(Explanation.Line line) {
    return line.items().isEmpty()
        ? null
        : line.items().stream().map(Object::toString).collect(Collectors.joining(","));
  }

  private DeliveryView.Attempt attempt(DeliveryStore.Attempt attempt) {
    return new DeliveryView.Attempt(
        attempt.at(),
        attempt.millis(),
        attempt.status(),
        attempt.outcome(),
        attempt.error(),
        mayReadContent ? attempt.responseBody() : null);
  }
}
