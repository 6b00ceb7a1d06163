package dev.chasqui.projection;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Priority;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Routed;
import dev.chasqui.store.ProjectionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Takes the status `delivered` of messages that were read out of what endpoints get whose policy
/// says so, and makes a row of each, so that it can be seen where it went. For one event.
final class LeaveOutDelivered {

  /// The rule's name in the API.
  static final String REASON = "delivered_after_read";

  private final Split split;
  private final Map<ItemKey, EventId> known;
  private final List<ProjectionStore.Filtered> filtered = new ArrayList<>(0);

  /// @param known the keys of all items that were seen, the event's own included
  LeaveOutDelivered(Split split, Map<ItemKey, EventId> known) {
    this.split = split;
    this.known = known;
  }

  /// What is left for the endpoints; those for whom nothing is left are not in it.
  List<Routed> from(List<Routed> routed) {
    if (!isAnybodyMeant(routed)) {
      return routed;
    }
    List<Routed> left = new ArrayList<>(routed.size());
    for (Routed one : routed) {
      boolean isMeant = one.endpoint().policy().dropDeliveredAfterRead();
      List<Notification> items = isMeant ? left(one) : one.items();
      if (!items.isEmpty()) {
        left.add(new Routed(one.endpoint(), one.rule(), items));
      }
    }
    return left;
  }

  private static boolean isAnybodyMeant(List<Routed> routed) {
    for (Routed one : routed) {
      if (one.endpoint().policy().dropDeliveredAfterRead()) {
        return true;
      }
    }
    return false;
  }

  private List<Notification> left(Routed routed) {
    WorkspaceId workspace = split.fact().origin().workspace();
    List<Notification> left = new ArrayList<>(routed.items().size());
    for (Notification item : routed.items()) {
      if (ReadStatuses.isSuperseded(workspace, item, known)) {
        filtered.add(row(routed.endpoint(), item.path()));
      } else {
        left.add(item);
      }
    }
    return left;
  }

  private ProjectionStore.Filtered row(Endpoint endpoint, ItemPath path) {
    EventId event = split.fact().eventId();
    return new ProjectionStore.Filtered(
        DeliveryIds.ofItem(event, endpoint.id(), path),
        new ProjectionStore.Source(event, split.position()),
        endpoint.id(),
        path.toString(),
        Priority.STATUSES,
        REASON);
  }

  /// The rows that record each item left out, for operators to see.
  List<ProjectionStore.Filtered> filtered() {
    return filtered;
  }
}
