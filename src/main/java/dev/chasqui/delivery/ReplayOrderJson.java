package dev.chasqui.delivery;

import dev.chasqui.delivery.ReplayOrder.Selection;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonWriter;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryViews.Filter;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// A replay's order as it is stored, so that it goes on after a restart.
final class ReplayOrderJson {

  private static final int SIZE = 512;

  private ReplayOrderJson() {}

  static String write(ReplayOrder order) {
    JsonWriter json = new JsonWriter(SIZE).beginObject();
    switch (order.selection()) {
      case Selection.Events events -> list(json, "eventIds", events.ids());
      case Selection.Deliveries deliveries -> list(json, "deliveryIds", deliveries.ids());
      case Selection.Matching matching -> filter(json, "filter", matching.filter());
      case Selection.Waiting waiting -> filter(json, "waiting", waiting.filter());
    }
    member(json, "endpointId", order.endpoint());
    Double rate = order.ratePerSecond();
    if (rate != null) {
      json.name("ratePerSecond").raw(Bytes.utf8(rate.toString()));
    }
    return json.endObject().bytes().toUtf8();
  }

  private static void list(JsonWriter json, String name, List<?> ids) {
    json.name(name).beginArray();
    ids.forEach(id -> json.text(id.toString()));
    json.endArray();
  }

  private static void filter(JsonWriter json, String name, Filter filter) {
    DeliveryState state = filter.state();
    json.name(name).beginObject();
    member(json, "eventId", filter.event());
    member(json, "endpointId", filter.endpoint());
    member(json, "state", state == null ? null : state.wire());
    member(json, "reason", filter.reason());
    member(json, "since", filter.since());
    member(json, "until", filter.until());
    json.endObject();
  }

  private static void member(JsonWriter json, String name, @Nullable Object value) {
    if (value != null) {
      json.member(name, value.toString());
    }
  }

  /// @throws IllegalArgumentException if it is not what [#write] wrote
  static ReplayOrder read(String text) {
    JsonBody json = JsonBody.parse(Bytes.utf8(text));
    EndpointId endpoint = json.text("endpointId").map(EndpointId::parse).orElse(null);
    OptionalDouble rate = json.number("ratePerSecond");
    Double perSecond = rate.isPresent() ? (Double) rate.getAsDouble() : null;
    return new ReplayOrder(selection(json), endpoint, perSecond);
  }

  private static Selection selection(JsonBody json) {
    if (json.has("eventIds")) {
      return new Selection.Events(json.texts("eventIds").stream().map(EventId::parse).toList());
    }
    if (json.has("deliveryIds")) {
      return new Selection.Deliveries(
          json.texts("deliveryIds").stream().map(DeliveryId::parse).toList());
    }
    return json.has("waiting")
        ? new Selection.Waiting(filter(json, "waiting."))
        : new Selection.Matching(filter(json, "filter."));
  }

  private static Filter filter(JsonBody json, String in) {
    return new Filter(
        json.text(in + "eventId").map(EventId::parse).orElse(null),
        json.text(in + "endpointId").map(EndpointId::parse).orElse(null),
        json.text(in + "state").map(DeliveryState::ofWire).orElse(null),
        json.text(in + "reason").orElse(null),
        json.instant(in + "since").orElse(null),
        json.instant(in + "until").orElse(null));
  }
}
