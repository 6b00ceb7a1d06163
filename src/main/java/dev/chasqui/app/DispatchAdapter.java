package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.delivery.Payload;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Priority;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.projection.Dispatch;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Connects the projection to the dispatcher.
final class DispatchAdapter implements Dispatch {

  private final Dispatcher dispatcher;
  private final Metered metered;
  private final CanonicalBody bodies;
  private final TailAdapter tail;

  DispatchAdapter(Dispatcher dispatcher, CanonicalBody bodies, Metered metered, TailAdapter tail) {
    this.tail = tail;
    this.dispatcher = dispatcher;
    this.metered = metered;
    this.bodies = bodies;
  }

  @Override
  public @Nullable Lease reserve(EndpointId endpoint, Priority priority) {
    return dispatcher.reserve(endpoint, priority);
  }

  @Override
  public EarlyBatch handOver(List<EarlyDelivery> early) {
    List<dev.chasqui.delivery.EarlyDelivery> taken = new ArrayList<>(early.size());
    EventId last = null;
    Payload payload = null;
    for (EarlyDelivery one : early) {
      // What one event owes to several endpoints comes in a row and shares its payload.
      if (payload == null || !one.fact().eventId().equals(last)) {
        last = one.fact().eventId();
        payload = JournalFacts.payload(one.fact(), bodies);
      }
      taken.add(new dev.chasqui.delivery.EarlyDelivery(one.owed(), payload));
    }
    return new UnderWay(dispatcher.handOver(taken));
  }

  /// What the projection sees of deliveries under way.
  private record UnderWay(dev.chasqui.delivery.EarlyBatch deliveries) implements EarlyBatch {
    @Override
    public Map<DeliveryId, Attempt> delivered() {
      return deliveries.delivered();
    }

    @Override
    public void written() {
      deliveries.written();
    }
  }

  @Override
  public void abandon(List<EarlyDelivery> early) {
    dispatcher.abandon(early.stream().map(it -> it.owed().endpoint()).toList());
  }

  @Override
  public void waiting(Set<EndpointId> endpoints) {
    dispatcher.waiting(endpoints);
  }

  @Override
  public void projected(EventRow row, boolean isProven) {
    metered.projected(row, isProven);
    tail.projected(row);
  }
}
