package dev.chasqui.projection;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.Lease;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A dispatcher that only takes notes.
final class RecordingDispatch implements Dispatch {

  private final List<Handed> handed = new ArrayList<>();
  private final Set<EndpointId> waiting = new HashSet<>();
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
  public synchronized void handOver(List<Handed> batch) {
    handed.addAll(batch);
  }

  @Override
  public synchronized void abandon(List<Handed> batch) {
    abandoned += batch.size();
    reserved -= batch.size();
  }

  @Override
  public synchronized void waiting(Set<EndpointId> endpoints) {
    waiting.addAll(endpoints);
  }

  synchronized List<Handed> handed() {
    return List.copyOf(handed);
  }

  synchronized Set<EndpointId> waiting() {
    return Set.copyOf(waiting);
  }

  synchronized int abandoned() {
    return abandoned;
  }
}
