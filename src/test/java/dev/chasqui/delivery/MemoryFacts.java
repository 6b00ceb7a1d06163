package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A journal in memory whose coding of a fact is the body alone, and which counts its reads.
final class MemoryFacts implements Facts {

  private final Map<Long, Payload> facts = new ConcurrentHashMap<>();
  private final Map<Bytes, Payload> byBody = new ConcurrentHashMap<>();
  private volatile int loads;

  void put(long position, Payload payload) {
    facts.put(position, payload);
    byBody.put(payload.body(), payload);
  }

  /// As retention would.
  void forget(long position) {
    facts.remove(position);
  }

  int loads() {
    return loads;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // a count is all that is asked
  public @Nullable Payload load(long position) {
    loads++;
    return facts.get(position);
  }

  @Override
  public Map<Long, Payload> loadAll(Collection<Long> positions) {
    Map<Long, Payload> found = new HashMap<>();
    for (Long position : positions) {
      Payload payload = load(position);
      if (payload != null) {
        found.put(position, payload);
      }
    }
    return found;
  }

  @Override
  public Map<Long, DeadPayload> encodedAll(Collection<Long> positions) {
    Map<Long, DeadPayload> found = new HashMap<>();
    for (Long position : positions) {
      Payload payload = facts.get(position);
      if (payload != null) {
        found.put(position, new DeadPayload(payload.workspace(), payload.body()));
      }
    }
    return found;
  }

  @Override
  public @Nullable Bytes encoded(long position) {
    Payload payload = facts.get(position);
    return payload == null ? null : payload.body();
  }

  @Override
  public Payload decode(Bytes encoded) {
    Payload payload = byBody.get(encoded);
    if (payload == null) {
      throw new IllegalArgumentException("no fact");
    }
    return payload;
  }
}
