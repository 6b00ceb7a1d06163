package dev.chasqui.projection;

import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.LedgerStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// What is projected but not yet folded, shared by the projecting and the folding thread. Its lock
/// guards everything in it.
///
/// Its keys are the hot tier of the dedup memory: a key leaves it only after the store has it, so a
/// reader that asks here first and the store second misses none.
final class FoldBacklog {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int maxWaiting;

  /// Each key with the event that had it first.
  private final Map<ItemKey, EventId> keys = new HashMap<>();

  private List<LedgerStore.Folded> waiting = new ArrayList<>();

  /// Those of what waits that sends wait to see.
  private List<LedgerStore.Folded> pressing = new ArrayList<>();

  private long projectedTo;
  private long foldedTo;
  private long wantedTo;
  private boolean closed;

  FoldBacklog(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /// What is to be folded in one go.
  ///
  /// @param upTo the journal position that is folded afterwards
  record Run(List<LedgerStore.Folded> items, long upTo) {}

  /// Sets where the fold stands, before anything is added.
  void startAt(long foldCursor) {
    locked(
        () -> {
          foldedTo = foldCursor;
          projectedTo = foldCursor;
        });
  }

  /// Makes the keys of items known that are about to be committed.
  void expect(Collection<LedgerStore.Folded> items) {
    locked(() -> items.forEach(item -> keys.putIfAbsent(item.key(), item.event())));
  }

  /// Forgets the keys of items that were expected and will not be committed.
  void forget(Collection<LedgerStore.Folded> items) {
    locked(() -> items.forEach(item -> keys.remove(item.key(), item.event())));
  }

  /// Adds what was committed.
  ///
  /// @param upTo the journal position that is projected now
  void add(Collection<LedgerStore.Folded> items, long upTo) {
    locked(
        () -> {
          for (LedgerStore.Folded item : items) {
            keys.putIfAbsent(item.key(), item.event());
            if (FoldItems.isUrgent(item)) {
              pressing.add(item);
            }
          }
          boolean wasEmpty = waiting.isEmpty();
          waiting.addAll(items);
          projectedTo = upTo;
          // The folding thread sleeps until there is something, and then until it is enough.
          if (wasEmpty || waiting.size() >= maxWaiting / 2 || !pressing.isEmpty()) {
            changed.signalAll();
          }
        });
  }

  /// Those of the keys that wait here, each with the event that had it first.
  Map<ItemKey, EventId> known(Collection<ItemKey> asked) {
    lock.lock();
    try {
      Map<ItemKey, EventId> known = new HashMap<>();
      for (ItemKey key : asked) {
        EventId first = keys.get(key);
        if (first != null) {
          known.put(key, first);
        }
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  int size() {
    lock.lock();
    try {
      return keys.size();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is room for more.
  ///
  /// @return whether there is
  boolean awaitRoom(Duration limit) throws InterruptedException {
    return await(() -> keys.size() < maxWaiting, limit);
  }

  /// Ends all waiting.
  void close() {
    locked(
        () -> {
          closed = true;
          changed.signalAll();
        });
  }

  /// Waits until there is anything to fold.
  boolean awaitAny(Duration limit) throws InterruptedException {
    return await(() -> !waiting.isEmpty() || wantedTo > foldedTo, limit);
  }

  /// Waits until a reader asks for a fold, or so much waits that it should not be put off.
  boolean awaitUrgent(Duration limit) throws InterruptedException {
    return await(this::isUrgent, limit);
  }

  /// Waits until something presses, or a fold is urgent.
  void awaitPressing(Duration limit) throws InterruptedException {
    var _ = await(() -> !pressing.isEmpty() || isUrgent(), limit);
  }

  private boolean isUrgent() {
    return wantedTo > foldedTo || keys.size() >= maxWaiting / 2;
  }

  /// Takes what presses. It stays among what waits.
  List<LedgerStore.Folded> takePressing() {
    lock.lock();
    try {
      List<LedgerStore.Folded> taken = pressing;
      pressing = taken.isEmpty() ? taken : new ArrayList<>();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// Takes what waits. The keys stay known until [#done].
  Run take() {
    lock.lock();
    try {
      Run run = new Run(waiting, projectedTo);
      waiting = new ArrayList<>();
      return run;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the keys of a run that the store has now.
  void done(Run run) {
    locked(
        () -> {
          run.items().forEach(item -> keys.remove(item.key()));
          foldedTo = run.upTo();
          changed.signalAll();
        });
  }

  /// Asks for a fold of all that is projected now, and waits for it.
  ///
  /// @return whether it was done within the limit
  boolean foldNow(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long target = projectedTo;
      wantedTo = Math.max(wantedTo, target);
      changed.signalAll();
      return await(() -> foldedTo >= target, limit);
    } finally {
      lock.unlock();
    }
  }

  /// The journal position from which on facts are needed to fill this again after a crash.
  long neededFrom() {
    lock.lock();
    try {
      return keys.isEmpty() ? projectedTo : foldedTo;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  private boolean await(BooleanSupplier isMet, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!isMet.getAsBoolean()) {
        if (left <= 0 || closed) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
