package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A journal in memory whose coding of a fact is the body alone, and which counts its reads.
final class MemoryFacts implements Facts {

  private final Map<Long, Payload> facts = new ConcurrentHashMap<>();
  private final Map<Bytes, Payload> byBody = new ConcurrentHashMap<>();
  private volatile int loads;
  private volatile boolean unreadable;

  void put(long position, Payload payload) {
    facts.put(position, payload);
    byBody.put(payload.body(), payload);
  }

  /// As retention would.
  void forget(long position) {
    facts.remove(position);
  }

  /// Lets what a dead letter would keep be unreadable, as a bad sector would.
  void unreadable(boolean isSo) {
    unreadable = isSo;
  }

  private void check() {
    if (unreadable) {
      throw new IllegalStateException("a bad sector");
    }
  }

  int loads() {
    return loads;
  }

  /// What stands at a position.
  Payload at(long position) {
    return Objects.requireNonNull(facts.get(position));
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // a count is all that is asked
  public @Nullable Payload load(Source source) {
    loads++;
    Payload payload = facts.get(source.position());
    return payload != null && payload.event().equals(source.event()) ? payload : null;
  }

  @Override
  public Map<Source, Payload> loadAll(Collection<Source> sources) {
    Map<Source, Payload> found = new HashMap<>();
    for (Source source : sources) {
      Payload payload = load(source);
      if (payload != null) {
        found.put(source, payload);
      }
    }
    return found;
  }

  @Override
  public Map<Source, DeadPayload> encodedAll(Collection<Source> sources) {
    check();
    Map<Source, DeadPayload> found = new HashMap<>();
    for (Source source : sources) {
      Payload payload = facts.get(source.position());
      if (payload != null) {
        found.put(source, new DeadPayload(payload.workspace(), payload.body()));
      }
    }
    return found;
  }

  @Override
  public @Nullable Bytes encoded(Source source) {
    check();
    Payload payload = facts.get(source.position());
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
