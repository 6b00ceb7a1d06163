package dev.chasqui.projection;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The deliveries of a [MemoryStore]: only owing is needed here.
record MemoryDeliveries(MemoryStore store) implements DeliveryStore {

  @Override
  public int owe(Collection<ProjectionStore.Owed> owed, Instant now, @Nullable ReplayId by) {
    synchronized (store) {
      owed.forEach(row -> store.owed.putIfAbsent(row.id(), row));
      return owed.size();
    }
  }

  @Override
  public List<Claimed> claim(EndpointId endpoint, Lease lease, Instant now, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<DeliveryId> settle(Collection<Settlement> settlements, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int releaseNode(String node, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int releaseExpired(Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Waiting> waiting() {
    throw new UnsupportedOperationException();
  }

  @Override
  public OptionalLong oldestOwedPosition() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int requeue(Collection<DeliveryId> ids, Instant now, @Nullable ReplayId by) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Open> open(EndpointId endpoint, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int deadLetter(Map<DeliveryId, DeadPayload> payloads, String reason) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable DeadPayload deadPayload(DeliveryId id) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Claimed> probe(EndpointId endpoint, Lease lease, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int makeDue(EndpointId endpoint, Instant failedBefore, Instant now, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int bringForward(EndpointId endpoint, Instant latest, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<DeliveryId> retryNow(Collection<DeliveryId> ids, Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void mark(EndpointId endpoint, Mark mark, Instant since) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unmark(EndpointId endpoint, Mark mark) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Marked> marks() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Open> unkept(int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void keep(Map<DeliveryId, DeadPayload> payloads) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Open> inJournal(long before, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void hold(Collection<Open> deliveries, Map<ProjectionStore.Source, DeadPayload> events) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<EndpointId, Held> held() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Open> dueSince(EndpointId endpoint, Instant time, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Collection<DeliveryId> ids, EndpointId to, Instant now) {
    throw new UnsupportedOperationException();
  }
}
