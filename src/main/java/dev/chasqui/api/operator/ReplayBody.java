package dev.chasqui.api.operator;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.ReplayFilter;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.Replayer.Selection;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.store.DeliveryViews;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the order for a replay: exactly one of event ids, delivery ids, and a filter.
final class ReplayBody {

  private static final int MAX_IDS = 10_000;
  private static final int MAX_ID = 40;
  private static final double MIN_RATE = 0.01;
  private static final double MAX_RATE = 100_000;

  private ReplayBody() {}

  static Replayer.Order read(OperatorCall call) {
    Fields fields = call.body();
    Selection selection = selection(fields);
    EndpointId endpoint = fields.parsed("endpointId", EndpointId::parse);
    fields.refuseNulls("endpointId", "ratePerSecond", "deadOnly", "dryRun");
    double rate = fields.number("ratePerSecond", MIN_RATE, MAX_RATE, -1);
    boolean dryRun = fields.flag("dryRun", false);
    fields.check();
    return new Replayer.Order(selection, endpoint, rate < 0 ? null : (Double) rate, dryRun);
  }

  private static Selection selection(Fields fields) {
    boolean isOfEvents = fields.has("eventIds");
    boolean isOfDeliveries = fields.has("deliveryIds");
    List<EventId> events = ids(fields, "eventIds", EventId::parse);
    List<DeliveryId> deliveries = ids(fields, "deliveryIds", DeliveryId::parse);
    boolean deadOnly = fields.flag("deadOnly", false);
    boolean matching = fields.has("filter") || deadOnly;
    DeliveryViews.Filter filter = ReplayFilter.read(fields, it -> endedState(it, deadOnly));
    int given = (isOfEvents ? 1 : 0) + (isOfDeliveries ? 1 : 0) + (matching ? 1 : 0);
    if (given != 1) {
      fields.fault("", "give one of eventIds, deliveryIds and filter");
    }
    if (isOfEvents) {
      return new Selection.Events(events);
    }
    return isOfDeliveries ? new Selection.Deliveries(deliveries) : new Selection.Matching(filter);
  }

  private static <T> List<T> ids(Fields fields, String name, Function<String, T> parser) {
    List<String> texts = fields.texts(name, MAX_IDS, MAX_ID);
    List<T> ids = new ArrayList<>();
    if (fields.has(name) && texts.isEmpty()) {
      fields.fault(name, "must name one or more");
    }
    for (int i = 0; i < texts.size(); i++) {
      try {
        ids.add(parser.apply(texts.get(i)));
      } catch (IllegalArgumentException e) {
        fields.fault(name + "[" + i + "]", String.valueOf(e.getMessage()));
      }
    }
    return ids;
  }

  private static @Nullable DeliveryState endedState(Fields filter, boolean deadOnly) {
    DeliveryState state = filter.parsed("state", DeliveryState::ofWire);
    if (deadOnly && state != null && state != DeliveryState.DEAD) {
      filter.fault("state", "must be dead with deadOnly");
    }
    if (state == DeliveryState.FILTERED) {
      filter.fault("state", "what a rule kept out is replayed by deliveryIds only");
    } else if (state != null && !state.isTerminal()) {
      filter.fault(
          "state",
          "must be delivered, dead or cancelled; POST /api/v1/deliveries/retry-now is for others");
    }
    return deadOnly ? DeliveryState.DEAD : state;
  }
}
