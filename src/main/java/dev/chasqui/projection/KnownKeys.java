package dev.chasqui.projection;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.ProjectionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The memory of items seen before, in two tiers: hot in memory (projected, not in the ledger),
/// cold in the store.
final class KnownKeys {

  private final LedgerBacklog hot;
  private final ProjectionStore cold;

  KnownKeys(LedgerBacklog hot, ProjectionStore cold) {
    this.hot = hot;
    this.cold = cold;
  }

  /// Those of the keys that were seen before, each with the event that had it first. A key goes
  /// from hot to cold, never back, so the order of the two questions matters.
  Map<ItemKey, EventId> among(Collection<ItemKey> asked) {
    Map<ItemKey, EventId> known = hot.known(asked);
    List<ItemKey> rest = new ArrayList<>(asked.size());
    for (ItemKey key : asked) {
      if (!known.containsKey(key)) {
        rest.add(key);
      }
    }
    if (!rest.isEmpty()) {
      known.putAll(cold.seen(rest));
    }
    return known;
  }
}
