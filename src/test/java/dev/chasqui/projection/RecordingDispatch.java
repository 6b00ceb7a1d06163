package dev.chasqui.projection;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A dispatcher that only takes notes.
final class RecordingDispatch implements Dispatch {

  private final List<EarlyDelivery> early = new ArrayList<>();
  private final Set<EndpointId> waiting = new HashSet<>();

  /// What each of them comes to at once, if [#deliversAtOnce].
  static final Attempt DELIVERED = new Attempt(Webhooks.AT, 7, "delivered", 200, null, "ok");

  private final List<EarlyDelivery> written = new CopyOnWriteArrayList<>();
  volatile boolean deliversAtOnce;
  volatile boolean failsToListen;
  private long fence;
  private int reserved;
  private int abandoned;

  /// How many reservations it gives.
  private final int room;

  RecordingDispatch(int room) {
    this.room = room;
  }

  @Override
  public synchronized @Nullable Lease reserve(EndpointId endpoint, Priority priority) {
    if (reserved >= room) {
      return null;
    }
    reserved++;
    return new Lease("node", ++fence, Webhooks.AT.plusSeconds(60));
  }

  @Override
  public synchronized EarlyBatch handOver(List<EarlyDelivery> batch) {
    early.addAll(batch);
    return new EarlyBatch() {
      @Override
      public Map<DeliveryId, Attempt> delivered() {
        return deliversAtOnce ? allOf(batch) : Map.of();
      }

      @Override
      public void written() {
        written.addAll(batch);
      }
    };
  }

  private static Map<DeliveryId, Attempt> allOf(List<EarlyDelivery> batch) {
    return batch.stream().collect(Collectors.toMap(early -> early.owed().id(), _ -> DELIVERED));
  }

  /// Those of which the dispatcher was told that their rows are written.
  List<EarlyDelivery> written() {
    return List.copyOf(written);
  }

  @Override
  public void projected(EventRow event, boolean isProven) {
    if (failsToListen) {
      throw new IllegalStateException("a bug of a listener");
    }
  }

  @Override
  public synchronized void abandon(List<EarlyDelivery> batch) {
    abandoned += batch.size();
    reserved -= batch.size();
  }

  @Override
  public synchronized void waiting(Set<EndpointId> endpoints) {
    waiting.addAll(endpoints);
  }

  synchronized List<EarlyDelivery> early() {
    return List.copyOf(early);
  }

  synchronized Set<EndpointId> waiting() {
    return Set.copyOf(waiting);
  }

  synchronized int abandoned() {
    return abandoned;
  }
}
