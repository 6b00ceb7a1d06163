package dev.chasqui.app;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.Replayer.Selection;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.ProjectionStore.Source;
import org.jspecify.annotations.Nullable;

/// Refuses replays of what cannot be replayed, with the reason, before they begin: a replay that is
/// taken on does what it says.
final class CheckReplay {

  private final Foundations base;

  CheckReplay(Foundations base) {
    this.base = base;
  }

  /// @throws IllegalArgumentException if something that is named cannot be replayed
  void orRefuse(WorkspaceId workspace, Replayer.Order order) {
    switch (order.selection()) {
      case Selection.Events events -> events.ids().forEach(id -> event(workspace, id));
      case Selection.Deliveries deliveries ->
          deliveries.ids().forEach(id -> delivery(workspace, id, order.endpoint()));
      case Selection.Matching _, Selection.Waiting _ -> {}
    }
  }

  private void event(WorkspaceId workspace, EventId id) {
    EventRow row =
        base.store()
            .events()
            .find(id)
            .map(EventView::row)
            .filter(it -> it.origin().workspace().equals(workspace))
            .orElseThrow(() -> refused("there is no event " + id));
    switch (row.state()) {
      case REJECTED ->
          throw refused(
              "event %s was rejected and is not delivered; set the right secret and verify it again"
                  .formatted(id));
      case DUPLICATE ->
          throw refused(
              "all that is in event %s came with earlier events; replay those".formatted(id));
      case PROCESSED, FAILED -> {}
    }
    if (new ReadFacts(base.journal()).find(new Source(id, row.position())) == null) {
      throw refused("the bytes of event %s are deleted by retention".formatted(id));
    }
  }

  /// A replay to another endpoint needs the event itself.
  private void delivery(WorkspaceId workspace, DeliveryId id, @Nullable EndpointId to) {
    DeliveryView view =
        base.store()
            .deliveryViews()
            .find(id)
            .orElseThrow(() -> refused("there is no delivery " + id));
    if (to != null && !to.equals(view.endpoint())) {
      event(workspace, view.source().event());
      return;
    }
    Endpoint endpoint = base.directory().current(view.endpoint());
    if (endpoint == null) {
      throw refused(
          "the endpoint of delivery %s is deleted; name another as endpointId".formatted(id));
    }
    if (!endpoint.workspace().equals(workspace)) {
      throw refused("there is no delivery " + id);
    }
  }

  private static IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException(reason);
  }
}
