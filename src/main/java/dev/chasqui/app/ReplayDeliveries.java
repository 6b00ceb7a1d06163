package dev.chasqui.app;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Store;
import java.time.Clock;
import java.util.List;

/// Makes deliveries due again, dead letters above all, in steps that the store's writer can bear.
final class ReplayDeliveries {

  private static final int STEP = 1_000;

  private final Store store;
  private final Clock clock;

  ReplayDeliveries(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Those of the ids that are the workspace's and have come to an end.
  ///
  /// @return how many; in a dry run how many there are, whatever their state
  long these(WorkspaceId workspace, List<DeliveryId> ids, boolean dryRun) {
    List<DeliveryId> own = ids.stream().filter(id -> isOf(workspace, id)).toList();
    return dryRun ? own.size() : store.deliveries().requeue(own, clock.instant());
  }

  /// Those that match and have come to an end.
  ///
  /// @return how many; in a dry run how many match, whatever their state
  long matching(WorkspaceId workspace, DeliveryViews.Filter filter, boolean dryRun) {
    DeliveryViews views = store.deliveryViews();
    if (dryRun) {
      return views.count(workspace, filter);
    }
    long count = 0;
    List<DeliveryId> step = views.ids(workspace, filter, null, STEP);
    while (!step.isEmpty()) {
      count += store.deliveries().requeue(step, clock.instant());
      step = views.ids(workspace, filter, step.getLast(), STEP);
    }
    return count;
  }

  private boolean isOf(WorkspaceId workspace, DeliveryId id) {
    EventViews events = store.events();
    return store
        .deliveryViews()
        .find(id)
        .flatMap(view -> events.find(view.source().event()))
        .filter(event -> event.row().door().workspace().equals(workspace))
        .isPresent();
  }
}
