package dev.chasqui.api.operator;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Topic;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the filters of lists from the query.
final class EventFilters {

  /// The filters of events.
  static final String[] EVENT = {
    "topic",
    "source",
    "signatureValid",
    "field",
    "phoneNumberId",
    "wabaId",
    "wamid",
    "waId",
    "state",
    "reason",
    "deliveryId",
    "since",
    "until",
    "limit",
    "cursor"
  };

  /// The filters of deliveries.
  static final String[] DELIVERY = {
    "eventId", "endpointId", "state", "reason", "lane", "since", "until", "limit", "cursor"
  };

  private EventFilters() {}

  static EventViews.Filter events(OperatorCall call) {
    return new EventViews.Filter(
        origin(call), content(call), call.time("since"), call.time("until"));
  }

  private static EventViews.OriginFilter origin(OperatorCall call) {
    return new EventViews.OriginFilter(
        call.query("source"),
        call.flag("signatureValid"),
        call.query("state", EventRow.State::ofWire),
        call.query("deliveryId"),
        call.query("reason", EventFilters::reason));
  }

  private static String reason(String word) {
    if (!Rejection.REASONS.contains(word)) {
      throw new IllegalArgumentException("must be one of " + new TreeSet<>(Rejection.REASONS));
    }
    return word;
  }

  private static EventViews.ContentFilter content(OperatorCall call) {
    return new EventViews.ContentFilter(
        call.query("topic", Topic::ofWire),
        call.query("field"),
        call.query("phoneNumberId"),
        call.query("wabaId"),
        call.query("wamid"),
        call.query("waId"));
  }

  static DeliveryViews.Filter deliveries(OperatorCall call) {
    return deliveries(call, call.query("state", DeliveryState::ofWire));
  }

  static DeliveryViews.Filter deadLetters(OperatorCall call) {
    return deliveries(call, DeliveryState.DEAD);
  }

  private static DeliveryViews.Filter deliveries(OperatorCall call, @Nullable DeliveryState state) {
    return new DeliveryViews.Filter(
        call.query("eventId", EventId::parse),
        call.query("endpointId", EndpointId::parse),
        state,
        call.query("reason"),
        call.time("since"),
        call.time("until"));
  }

  /// The lane that is asked for, null for any. A delivery has none of its own: it waits in the lane
  /// that its endpoint is in.
  static @Nullable Lane lane(OperatorCall call) {
    return call.query("lane", EventFilters::lane);
  }

  private static Lane lane(String word) {
    for (Lane lane : Lane.values()) {
      if (lane.wire().equals(word)) {
        return lane;
      }
    }
    throw new IllegalArgumentException("must be high, default or low");
  }
}
