package dev.chasqui.api.operator;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.ResourceStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes deliveries with the dialect and lane of their endpoint as they are now.
final class DeliveryJson {

  private final ResourceStore resources;
  private final EndpointHealths healths;

  DeliveryJson(ResourceStore resources, EndpointHealths healths) {
    this.resources = resources;
    this.healths = healths;
  }

  /// The lane in which deliveries to an endpoint wait now.
  Lane lane(EndpointId endpoint) {
    return healths.of(endpoint).lane();
  }

  /// A writer that looks the endpoints up once.
  ///
  /// @param call by an administrator, or by a viewer, who is not told what receivers answered
  Writer writer(OperatorCall call) {
    Map<EndpointId, Endpoint> endpoints = new HashMap<>();
    resources.endpoints().forEach(it -> endpoints.put(it.id(), it));
    return new Writer(endpoints, healths, call.mayReadContent());
  }

  /// Writes the deliveries of one answer.
  record Writer(
      Map<EndpointId, Endpoint> endpoints, EndpointHealths healths, boolean mayReadContent) {

    JsonAnswer write(DeliveryViews.DeliveryView view) {
      Endpoint endpoint = endpoints.get(view.endpoint());
      boolean isFiltered = view.state() == DeliveryState.FILTERED;
      return new JsonAnswer()
          .text("id", view.id())
          .text("eventId", view.source().event())
          .text("endpointId", view.endpoint())
          .add("dialect", endpoint == null ? null : endpoint.dialect().wire())
          .add("state", view.state().wire())
          .add("lane", healths.of(view.endpoint()).lane().wire())
          .list("attempts", view.attempts(), this::attempt)
          .add("attemptCount", view.ending().attemptCount())
          .time("nextAttemptAt", view.ending().nextAttemptAt())
          .add("deadReason", isFiltered ? null : view.ending().deadReason())
          .add("filteredBy", isFiltered ? view.ending().deadReason() : null)
          .text("items", view.selection());
    }

    /// A delivery that never came to be, because the endpoint's rules of now keep the event out.
    JsonAnswer keptOut(EventId event, Explanation.Line line) {
      return new JsonAnswer()
          .nothing("id")
          .text("eventId", event)
          .text("endpointId", line.endpoint().id())
          .add("dialect", line.endpoint().dialect().wire())
          .add("state", DeliveryState.FILTERED.wire())
          .add("lane", healths.of(line.endpoint().id()).lane().wire())
          .add("attempts", List.of())
          .add("attemptCount", 0)
          .nothing("nextAttemptAt")
          .nothing("deadReason")
          .add("filteredBy", String.join("; ", line.objections()))
          .add("items", items(line))
          .add("computed", true);
    }

    /// Which items it is about, null for the whole event.
    private static @Nullable String items(Explanation.Line line) {
      return line.items().isEmpty()
          ? null
          : line.items().stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private JsonAnswer attempt(DeliveryStore.Attempt attempt) {
      return new JsonAnswer()
          .time("at", attempt.at())
          .add("millis", attempt.millis())
          .add("status", whole(attempt.status()))
          .add("outcome", attempt.outcome())
          .add("error", attempt.error())
          .add("responseBody", mayReadContent ? attempt.responseBody() : null);
    }

    private static @Nullable Long whole(@Nullable Integer number) {
      return number == null ? null : (Long) number.longValue();
    }
  }
}
