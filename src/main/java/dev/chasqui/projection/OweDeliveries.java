package dev.chasqui.projection;

import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.routing.Routed;
import java.util.ArrayList;
import java.util.List;

/// Makes deliveries of what was routed: in each endpoint's own dialect one for all of it, or one
/// for each item.
final class OweDeliveries {

  private final Dialects dialects;

  OweDeliveries(Dialects dialects) {
    this.dialects = dialects;
  }

  /// What is owed.
  ///
  /// @param itemCount how many items the event has, to tell "all" from "some"
  List<Draft.Due> owe(EventId event, int itemCount, List<Routed> routed) {
    List<Draft.Due> owed = new ArrayList<>(routed.size());
    for (Routed one : routed) {
      Endpoint endpoint = one.endpoint();
      for (List<Notification> unit : dialects.get(endpoint.dialect()).units(one.items())) {
        String selection = unit.size() == itemCount ? null : selection(unit);
        boolean isHeld = endpoint.identity().switched() == Endpoint.Switch.PAUSED;
        owed.add(new Draft.Due(id(event, endpoint, unit), endpoint.id(), selection, isHeld));
      }
    }
    return owed;
  }

  /// The Meta dialect has one delivery for each event and endpoint, whatever of the event it holds;
  /// the others speak of one item at a time (product.md 6).
  private static DeliveryId id(EventId event, Endpoint endpoint, List<Notification> unit) {
    return switch (endpoint.dialect()) {
      case META -> DeliveryIds.ofWhole(event, endpoint.id());
      case TURN, EXOTEL, STANDARD ->
          DeliveryIds.ofItem(event, endpoint.id(), unit.getFirst().path());
    };
  }

  private static String selection(List<Notification> unit) {
    StringBuilder text = new StringBuilder(unit.size() * 8);
    for (Notification item : unit) {
      if (!text.isEmpty()) {
        text.append(',');
      }
      text.append(item.path());
    }
    return text.toString();
  }
}
