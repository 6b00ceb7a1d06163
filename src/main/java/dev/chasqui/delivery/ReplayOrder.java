package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryViews;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An order to send deliveries or events again.
///
/// @param endpoint the endpoint that receives them; null sends each delivery to the endpoint it
///   had, and each event to the endpoints that it is owed to by the present rules
/// @param ratePerSecond deliveries or events made due per second, null for no limit
public record ReplayOrder(
    Selection selection, @Nullable EndpointId endpoint, @Nullable Double ratePerSecond) {

  public ReplayOrder {
    if (ratePerSecond != null && !(ratePerSecond > 0)) {
      throw new IllegalArgumentException("ratePerSecond must be more than 0");
    }
  }

  /// Which deliveries or events.
  public sealed interface Selection {

    /// All deliveries that these events owe.
    record Events(List<EventId> ids) implements Selection {
      public Events {
        ids = ids.stream().distinct().sorted().toList();
      }
    }

    record Deliveries(List<DeliveryId> ids) implements Selection {
      public Deliveries {
        ids = ids.stream().distinct().sorted().toList();
      }
    }

    /// The deliveries that match and are over. What a rule kept out is sent only if it is named.
    record Matching(DeliveryViews.Filter filter) implements Selection {}

    /// The deliveries that match and wait: they are tried now, by their own schedule.
    record Waiting(DeliveryViews.Filter filter) implements Selection {}
  }
}
