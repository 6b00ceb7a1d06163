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
import dev.chasqui.store.ProjectionStore.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Leads the dispatcher to the journal.
final class JournalFacts implements Facts {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String JSON = "application/json";

  /// Bytes of facts that are read together at most.
  private static final int TOGETHER_BYTES = 8 << 20;

  private final ReadFacts facts;
  private final CanonicalBody bodies;
  private final RecentPayloads recent = new RecentPayloads();

  JournalFacts(Journal journal, CanonicalBody bodies) {
    this.facts = new ReadFacts(journal);
    this.bodies = bodies;
  }

  @Override
  public @Nullable Payload load(Source source) {
    Payload inUse = recent.get(source);
    if (inUse != null) {
      return inUse;
    }
    if (!(facts.find(source) instanceof Fact.Event event)) {
      return null;
    }
    Payload loaded = payload(event, bodies);
    recent.put(source, loaded);
    return loaded;
  }

  @Override
  public Map<Source, Payload> loadAll(Collection<Source> sources) {
    Map<Source, Payload> found = HashMap.newHashMap(sources.size());
    List<Source> missing = new ArrayList<>();
    for (Source source : sources) {
      Payload inUse = recent.get(source);
      if (inUse == null) {
        missing.add(source);
      } else {
        found.put(source, inUse);
      }
    }
    for (ReadFacts.Found one : facts.read(missing, TOGETHER_BYTES).found()) {
      if (one.fact() instanceof Fact.Event event) {
        Payload loaded = payload(event, bodies);
        recent.put(one.source(), loaded);
        found.put(one.source(), loaded);
      }
    }
    return found;
  }

  @Override
  public Map<Source, DeadPayload> encodedAll(Collection<Source> sources) {
    Map<Source, DeadPayload> found = HashMap.newHashMap(sources.size());
    Collection<Source> missing = sources;
    while (!missing.isEmpty()) {
      ReadFacts.Portion portion = facts.read(missing, TOGETHER_BYTES);
      for (ReadFacts.Found one : portion.found()) {
        if (one.fact() instanceof Fact.Event event) {
          Bytes fact = FactCodec.encode(event, 0);
          found.put(one.source(), new DeadPayload(event.origin().workspace(), fact));
        }
      }
      missing = portion.rest();
    }
    return found;
  }

  @Override
  public @Nullable Bytes encoded(Source source) {
    Fact fact = facts.find(source);
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
    boolean isMetas = event.origin().channelOrigin() == null;
    Fact.Head head = event.request().head();
    return new Payload(
        event.origin().workspace(),
        event.eventId(),
        event.at(),
        bodies.of(event),
        isMetas ? head.first("Content-Type") : JSON,
        isMetas ? head.first(SIGNATURE) : null);
  }
}
