package dev.chasqui.app;

import dev.chasqui.journal.JournalState;
import dev.chasqui.projection.Projection;
import dev.chasqui.store.Store;
import java.time.Instant;
import java.util.concurrent.locks.Lock;

/// Deletes what is past its retention: journal segments that no delivery needs, and old rows. It
/// works in small steps, and writes nothing when there is nothing to delete.
final class DeleteOld {

  private static final int STEPS = 200;

  private final Foundations base;
  private final Projection projection;
  private final PackageSettings bounds;
  private final HoldBacklog holdBacklog;
  private volatile boolean isStopped;

  DeleteOld(Foundations base, Projection projection, PackageSettings bounds) {
    this.base = base;
    this.projection = projection;
    this.bounds = bounds;
    this.holdBacklog = new HoldBacklog(base);
  }

  /// Ends with the step that is under way.
  void stop() {
    isStopped = true;
  }

  /// Whether the journal has little room left, so that deleting must not wait.
  boolean isShortOfRoom() {
    JournalState state = base.journal().state();
    return !state.isWritable() || state.bytesUsed() > state.bytesCap() / 4 * 3;
  }

  void run() {
    Instant now = base.clock().instant();
    boolean holds = true;
    while (holds && !isStopped) {
      holds = holdBacklog.step(now);
    }
    retain(now);
    boolean hasMore = true;
    for (int i = 0; hasMore && i < STEPS && !isStopped; i++) {
      hasMore = base.store().housekeeping().step(bounds.retention(now), now);
    }
  }

  /// Nothing old is owed anew between asking what is needed and deleting the rest.
  private void retain(Instant now) {
    Lock alone = base.retention().writeLock();
    alone.lock();
    try {
      base.journal().retain(neededFrom(), now);
    } finally {
      alone.unlock();
    }
  }

  /// The journal position from which on facts are still needed.
  private long neededFrom() {
    Store store = base.store();
    long needed = projection.neededFrom();
    needed = Math.min(needed, store.deliveries().oldestOwedPosition().orElse(Long.MAX_VALUE));
    return Math.min(needed, store.jobs().oldestFailedPosition().orElse(Long.MAX_VALUE));
  }
}
