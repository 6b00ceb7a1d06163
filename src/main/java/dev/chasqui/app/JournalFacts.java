package dev.chasqui.app;

import dev.chasqui.delivery.Facts;
import dev.chasqui.delivery.Payload;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.model.Bytes;
import dev.chasqui.projection.CanonicalBody;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Leads the dispatcher to the journal.
final class JournalFacts implements Facts {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String JSON = "application/json";

  /// Bytes of facts that are read together at most.
  private static final int TOGETHER_BYTES = 8 << 20;

  private final Journal journal;
  private final CanonicalBody bodies;
  private final RecentPayloads recent = new RecentPayloads();

  JournalFacts(Journal journal, CanonicalBody bodies) {
    this.journal = journal;
    this.bodies = bodies;
  }

  @Override
  public @Nullable Payload load(long position) {
    Payload inUse = recent.get(position);
    if (inUse != null) {
      return inUse;
    }
    if (!(fact(position) instanceof Fact.Event event)) {
      return null;
    }
    Payload loaded = payload(event, bodies);
    recent.put(position, loaded);
    return loaded;
  }

  @Override
  public Map<Long, Payload> loadAll(Collection<Long> positions) {
    Map<Long, Payload> found = HashMap.newHashMap(positions.size());
    SortedSet<Long> missing = new TreeSet<>();
    for (Long position : positions) {
      Payload inUse = recent.get(position);
      if (inUse == null) {
        missing.add(position);
      } else {
        found.put(position, inUse);
      }
    }
    for (Journal.Entry entry : journal.readAll(missing, TOGETHER_BYTES)) {
      if (entry.fact() instanceof Fact.Event event) {
        Payload loaded = payload(event, bodies);
        recent.put(entry.position(), loaded);
        found.put(entry.position(), loaded);
      }
    }
    return found;
  }

  @Override
  public Map<Long, DeadPayload> encodedAll(Collection<Long> positions) {
    Map<Long, DeadPayload> found = HashMap.newHashMap(positions.size());
    SortedSet<Long> missing = new TreeSet<>(positions);
    while (!missing.isEmpty()) {
      List<Journal.Entry> entries = journal.readAll(missing, TOGETHER_BYTES);
      for (Journal.Entry entry : entries) {
        if (entry.fact() instanceof Fact.Event event) {
          Bytes fact = FactCodec.encode(event, 0);
          found.put(entry.position(), new DeadPayload(event.door().workspace(), fact));
        }
      }
      missing = entries.isEmpty() ? new TreeSet<>() : missing.tailSet(entries.getLast().next());
    }
    return found;
  }

  @Override
  public @Nullable Bytes encoded(long position) {
    Fact fact = fact(position);
    return fact == null ? null : FactCodec.encode(fact, 0);
  }

  @Override
  public Payload decode(Bytes encoded) {
    try {
      if (FactCodec.decode(encoded) instanceof Fact.Event event) {
        return payload(event, bodies);
      }
    } catch (JournalException e) {
      throw new IllegalArgumentException("not a fact", e);
    }
    throw new IllegalArgumentException("not an event");
  }

  /// What deliveries of an event are made from. One that is translated has no signature of Meta's.
  static Payload payload(Fact.Event event, CanonicalBody bodies) {
    boolean isMetas = event.door().passage() == null;
    Fact.Head head = event.request().head();
    return new Payload(
        event.door().workspace(),
        event.eventId(),
        event.at(),
        bodies.of(event),
        isMetas ? head.first("Content-Type") : JSON,
        isMetas ? head.first(SIGNATURE) : null);
  }

  private @Nullable Fact fact(long position) {
    try {
      return journal.readAt(position).fact();
    } catch (JournalException e) {
      return switch (e.kind()) {
        case GONE, DAMAGED -> null;
        case IO, UNUSABLE -> throw e;
      };
    }
  }
}
