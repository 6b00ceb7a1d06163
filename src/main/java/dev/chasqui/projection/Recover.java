package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds out at start where to go on, and fills the backlog again: what is projected but not in the
/// ledger stands in no table yet, so it is read from the journal once more.
final class Recover {

  private static final int MAX_FACTS = 1024;
  private static final int MAX_BYTES = 8 << 20;

  private final Journal journal;
  private final ProjectionStore projection;
  private final LedgerStore ledger;
  private final LedgerBacklog backlog;
  private final KnownKeys knownKeys;
  private final CanonicalBody bodies;
  private final LedgerItems makeLedgerItems;

  Recover(Projection.Ports ports, LedgerBacklog backlog, KnownKeys knownKeys) {
    Store store = ports.store();
    this.journal = ports.journal();
    this.bodies = ports.bodies();
    this.projection = store.projection();
    this.ledger = store.ledger();
    this.backlog = backlog;
    this.knownKeys = knownKeys;
    this.makeLedgerItems = new LedgerItems(ports.rules().fallback());
  }

  /// Fills the backlog; may be called again if it failed half-way.
  ///
  /// @return the journal position to project from
  long run(int partition) {
    long cursor = projection.cursor(partition);
    long appliedTo = ledger.ledgerCursor(partition);
    backlog.startAt(appliedTo);
    long position = appliedTo;
    while (position < cursor) {
      Journal.Batch batch = journal.read(position, MAX_FACTS, MAX_BYTES);
      if (batch.next() <= position) {
        break;
      }
      for (Journal.Entry entry : batch.entries()) {
        if (entry.position() < cursor) {
          backlog.add(unapplied(entry), entry.next());
        }
      }
      position = batch.next();
    }
    backlog.add(List.of(), cursor);
    return cursor;
  }

  private List<LedgerStore.LedgerItem> unapplied(Journal.Entry entry) {
    if (!(entry.fact() instanceof Fact.Event event) || !event.verdicts().processed()) {
      return List.of();
    }
    Split split;
    try {
      split = Split.of(entry, event, bodies);
    } catch (RuntimeException _) {
      // It failed when it was projected too, and its failed job says so.
      return List.of();
    }
    Map<ItemKey, EventId> known = knownKeys.among(split.keys());
    List<Boolean> fresh = new ArrayList<>(split.items().size());
    for (ItemKey key : split.keys()) {
      fresh.add(known.putIfAbsent(key, event.eventId()) == null);
    }
    return makeLedgerItems.of(split, fresh);
  }
}
