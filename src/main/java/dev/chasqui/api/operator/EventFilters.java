package dev.chasqui.api.operator;

import dev.chasqui.model.Topic;
import dev.chasqui.operations.events.Rejection;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import java.util.TreeSet;

/// Reads the filters of lists from the query.
final class EventFilters {

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
}
