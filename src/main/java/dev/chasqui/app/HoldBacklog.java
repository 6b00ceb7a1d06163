package dev.chasqui.app;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.FactCodec;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Moves events that have long waited for delivery from the journal into the store, so that a
/// receiver that is down holds up no segment. It moves only events in segments that are about to be
/// deleted, and only those that a delivery waits for. Used by one thread.
final class HoldBacklog {

  /// Deliveries that are looked at together.
  private static final int PORTION = 500;

  /// Bytes of events that are moved in one transaction.
  private static final int TOGETHER_BYTES = 4 << 20;

  private final Foundations base;
  private final ReadFacts facts;

  HoldBacklog(Foundations base) {
    this.base = base;
    this.facts = new ReadFacts(base.journal());
  }

  /// Moves a portion.
  ///
  /// @return whether there is more
  /// @throws RuntimeException if journal or store cannot be used now; nothing is let go of then
  boolean step(Instant now) {
    long before = base.journal().dueForDeletion(now);
    if (before == 0) {
      return false;
    }
    DeliveryStore store = base.store().deliveries();
    List<Open> waiting = store.inJournal(before, PORTION);
    if (waiting.isEmpty()) {
      return false;
    }
    Collection<Source> sources = waiting.stream().map(Open::source).distinct().toList();
    ReadFacts.Portion read = facts.read(sources, TOGETHER_BYTES);
    Set<Long> left = new TreeSet<>(read.rest().stream().map(Source::position).toList());
    store.hold(
        waiting.stream().filter(it -> !left.contains(it.source().position())).toList(),
        payloads(read));
    return true;
  }

  private static Map<Source, DeadPayload> payloads(ReadFacts.Portion read) {
    Map<Source, DeadPayload> payloads = new HashMap<>();
    for (ReadFacts.Found found : read.found()) {
      if (found.fact() instanceof Fact.Event event) {
        payloads.put(
            found.source(),
            new DeadPayload(event.origin().workspace(), FactCodec.encode(event, 0)));
      }
    }
    return payloads;
  }
}
