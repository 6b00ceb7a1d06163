package dev.chasqui.api.operator;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EndpointId;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who did not get an event and by which rule, where no row says so: an endpoint whose filters let
/// nothing of an event through is owed nothing, so there is nothing to store. It is worked out by
/// the rules of now, which may be others than those of then.
final class KeptOut {

  private final DeliveryViews deliveries;
  private final RawEvents raw;
  private final RouteExplainer explainer;

  KeptOut(DeliveryViews deliveries, RawEvents raw, RouteExplainer explainer) {
    this.deliveries = deliveries;
    this.raw = raw;
    this.explainer = explainer;
  }

  /// The endpoints that have no delivery of the event, with why. None if the event was not
  /// processed, since then no endpoint's rule is the reason, or if its bytes are deleted.
  List<Explanation.Line> of(EventView event) {
    Bytes envelope = envelope(event);
    if (event.row().state() != EventRow.State.PROCESSED || envelope == null) {
      return List.of();
    }
    Set<EndpointId> owed =
        deliveries.ofEvent(event.row().id()).stream()
            .map(DeliveryView::endpoint)
            .collect(Collectors.toSet());
    return explainer.explain(event.row().door().workspace(), envelope).lines().stream()
        .filter(line -> !line.isReached() && !owed.contains(line.endpoint().id()))
        .toList();
  }

  private @Nullable Bytes envelope(EventView event) {
    return switch (raw.read(event.row())) {
      case RawEvents.Raw.Kept kept -> kept.reading().envelope();
      case RawEvents.Raw.Deleted _ -> null;
    };
  }
}
