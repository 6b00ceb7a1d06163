package dev.chasqui.projection;

import dev.chasqui.model.ItemKey;
import dev.chasqui.store.ProjectionStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// The memory of items seen before, in two tiers: hot in memory (projected, not folded), cold in
/// the store.
final class KnownKeys {

  private final FoldBacklog hot;
  private final ProjectionStore cold;

  KnownKeys(FoldBacklog hot, ProjectionStore cold) {
    this.hot = hot;
    this.cold = cold;
  }

  /// Those of the keys that were seen before. A key goes from hot to cold, never back, so the order
  /// of the two questions matters.
  Set<ItemKey> among(Collection<ItemKey> asked) {
    Set<ItemKey> known = hot.known(asked);
    List<ItemKey> rest = new ArrayList<>(asked.size());
    for (ItemKey key : asked) {
      if (!known.contains(key)) {
        rest.add(key);
      }
    }
    if (!rest.isEmpty()) {
      known.addAll(cold.seen(rest));
    }
    return known;
  }
}
