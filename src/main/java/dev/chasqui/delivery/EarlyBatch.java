package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Early deliveries: they begin before their rows are committed. What is delivered before the rows
/// are made goes into them, and needs no settling; everything else waits here until the rows are
/// written, since a settlement changes only rows that are there.
///
/// Safe for use by many threads.
public final class EarlyBatch {

  private final Settle settle;
  private List<Attempted> early = new ArrayList<>();
  private List<Attempted> late = new ArrayList<>();
  private Phase phase = Phase.OPEN;

  private enum Phase {
    /// What is delivered goes into the rows.
    OPEN,
    /// The rows are made and on their way.
    SEALED,
    /// The rows are there.
    WRITTEN
  }

  /// @param early is given what was written with its row
  /// @param late is given, one by one, what is to be settled
  record Settle(Consumer<List<Attempted>> early, Consumer<Attempted> late) {}

  EarlyBatch(Settle settle) {
    this.settle = settle;
  }

  /// Keeps an end until the rows are written.
  ///
  /// @return false if they are, and the end is the caller's to settle
  synchronized boolean keep(Attempted attempted) {
    if (phase == Phase.WRITTEN) {
      return false;
    }
    boolean isInTime =
        phase == Phase.OPEN && attempted.settlement() instanceof Settlement.Delivered;
    (isInTime ? early : late).add(attempted);
    return true;
  }

  /// Those that have been delivered by now, each with the attempt to write into its row; the same
  /// answer each time. What ends afterwards is settled.
  public synchronized Map<DeliveryId, Attempt> delivered() {
    phase = phase == Phase.OPEN ? Phase.SEALED : phase;
    Map<DeliveryId, Attempt> delivered = HashMap.newHashMap(early.size());
    for (Attempted one : early) {
      if (one.settlement() instanceof Settlement.Delivered it) {
        delivered.put(it.id(), it.attempt());
      }
    }
    return delivered;
  }

  /// Says that the rows are in the store, those of [#delivered] with their attempts.
  public void written() {
    List<Attempted> withRows;
    List<Attempted> toSettle;
    synchronized (this) {
      phase = Phase.WRITTEN;
      withRows = early;
      toSettle = late;
      // Whatever is still under way must not keep what has ended in memory.
      early = List.of();
      late = List.of();
    }
    toSettle.forEach(settle.late());
    if (!withRows.isEmpty()) {
      settle.early().accept(withRows);
    }
  }
}
