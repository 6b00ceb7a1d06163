package dev.chasqui.projection;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Dialects;
import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Priority;
import dev.chasqui.routing.Routed;
import dev.chasqui.store.ProjectionStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes deliveries of what was routed: in each endpoint's own dialect one for all of it, or one
/// for each item.
final class OweDeliveries {

  private final Dialects dialects;

  OweDeliveries(Dialects dialects) {
    this.dialects = dialects;
  }

  /// The deliveries that the event owes.
  ///
  /// @param itemCount how many items the event has, to tell "all" from "some"
  List<Draft.Due> owe(EventId event, int itemCount, List<Routed> routed) {
    List<Draft.Due> owed = new ArrayList<>(routed.size());
    for (Routed one : routed) {
      int ordinal = 0;
      for (List<Notification> unit : units(one)) {
        owed.add(due(event, itemCount, one.endpoint(), new Unit(unit, ordinal++)));
      }
    }
    return owed;
  }

  /// The items of one delivery, and its place, counted from 0, among the deliveries of its event to
  /// its endpoint.
  private record Unit(List<Notification> items, int ordinal) {}

  private static Draft.Due due(EventId event, int itemCount, Endpoint endpoint, Unit unit) {
    List<Notification> items = unit.items();
    Optional<ContactQueueKey> key =
        isOrdered(endpoint) ? ContactQueueKey.of(items.getFirst()) : Optional.empty();
    ProjectionStore.QueuePlace line =
        key.map(it -> new ProjectionStore.QueuePlace(it, unit.ordinal())).orElse(null);
    return new Draft.Due(
        id(event, endpoint, items, key),
        endpoint.id(),
        items.size() == itemCount ? null : selection(items),
        new ProjectionStore.Place(Priority.of(items), line),
        endpoint.identity().switched() == Endpoint.Switch.PAUSED);
  }

  /// In order of contacts a delivery holds items of one contact only, so that it stands in one
  /// line.
  private List<List<Notification>> units(Routed routed) {
    Dialect dialect = dialects.get(routed.endpoint().dialect());
    if (!isOrdered(routed.endpoint())) {
      return dialect.units(routed.items());
    }
    Map<Optional<ContactQueueKey>, List<Notification>> byContact = new LinkedHashMap<>();
    for (Notification item : routed.items()) {
      byContact.computeIfAbsent(ContactQueueKey.of(item), _ -> new ArrayList<>()).add(item);
    }
    return byContact.values().stream().flatMap(it -> dialect.units(it).stream()).toList();
  }

  private static boolean isOrdered(Endpoint endpoint) {
    return endpoint.policy().ordering() == Policy.Ordering.CONTACT;
  }

  /// The Meta dialect has one delivery for each event and endpoint, whatever of the event it holds,
  /// or in order of contacts one for each contact; the others speak of one item at a time
  /// (product.md 6).
  private static DeliveryId id(
      EventId event, Endpoint endpoint, List<Notification> items, Optional<ContactQueueKey> key) {
    return switch (endpoint.dialect()) {
      case META ->
          key.map(it -> DeliveryIds.ofLine(event, endpoint.id(), it))
              .orElseGet(() -> DeliveryIds.ofWhole(event, endpoint.id()));
      case TURN, EXOTEL, STANDARD ->
          DeliveryIds.ofItem(event, endpoint.id(), items.getFirst().path());
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
