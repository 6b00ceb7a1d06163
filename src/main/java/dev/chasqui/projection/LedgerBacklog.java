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
import java.util.function.BooleanSupplier;

/// What is projected but not yet in the ledger, shared by the projecting thread and the ledger
/// writer. Its monitor guards everything in it.
///
/// Its keys are the hot tier of the dedup memory: a key leaves it only after the store has it, so a
/// reader that asks here first and the store second misses none.
final class LedgerBacklog {

  private final StateLock lock = new StateLock();
  private final int maxWaiting;

  /// Each key with the event that had it first. The key of a repeat is here or in the store
  /// already, under its first event; under the repeat's own, what comes next would count as seen
  /// with that.
  private final Map<ItemKey, EventId> keys = new HashMap<>();

  private List<LedgerStore.LedgerItem> waiting = new ArrayList<>();

  /// Items that wait or are being applied.
  private int unapplied;

  /// Those of what waits that sends wait to see.
  private List<LedgerStore.LedgerItem> expedited = new ArrayList<>();

  /// Events that alone take more than half of the room, with how many items each has, until they
  /// are folded.
  private final Map<EventId, Integer> large = new HashMap<>(0);

  private long projectedTo;
  private long appliedTo;
  private long wantedTo;
  private boolean closed;

  LedgerBacklog(int maxWaiting) {
    this.maxWaiting = maxWaiting;
  }

  /// The items that are written to the ledger in one transaction.
  ///
  /// @param upTo the journal position up to which the ledger is written afterwards
  record Run(List<LedgerStore.LedgerItem> items, long upTo) {}

  /// Sets the ledger's position, before anything is added.
  void startAt(long ledgerCursor) {
    lock.locked(
        () -> {
          appliedTo = ledgerCursor;
          projectedTo = ledgerCursor;
        });
  }

  /// Makes the keys of an event's items known that are about to be committed.
  void expect(List<LedgerStore.LedgerItem> items) {
    lock.locked(
        () -> {
          items.forEach(this::know);
          if (items.size() > maxWaiting / 2) {
            large.put(items.getFirst().event(), items.size());
          }
        });
  }

  private void know(LedgerStore.LedgerItem item) {
    if (item.fresh()) {
      keys.putIfAbsent(item.key(), item.event());
    }
  }

  /// Forgets the keys of items that were expected and will not be committed.
  void forget(Collection<LedgerStore.LedgerItem> items) {
    lock.locked(
        () -> {
          for (LedgerStore.LedgerItem item : items) {
            keys.remove(item.key(), item.event());
            large.remove(item.event());
          }
        });
  }

  /// Adds what was committed.
  ///
  /// @param upTo the journal position that is projected now
  void add(Collection<LedgerStore.LedgerItem> items, long upTo) {
    lock.locked(
        () -> {
          for (LedgerStore.LedgerItem item : items) {
            know(item);
            if (LedgerItems.affectsSends(item)) {
              expedited.add(item);
            }
          }
          boolean wasEmpty = waiting.isEmpty();
          waiting.addAll(items);
          unapplied += items.size();
          projectedTo = upTo;
          // The ledger writer sleeps until there is something, and then until it is enough.
          if (wasEmpty || waiting.size() >= maxWaiting / 2 || !expedited.isEmpty()) {
            lock.signal();
          }
        });
  }

  /// Those of the keys that wait here, each with the event that had it first.
  Map<ItemKey, EventId> known(Collection<ItemKey> asked) {
    Map<ItemKey, EventId> known = new HashMap<>();
    lock.locked(
        () -> {
          for (ItemKey key : asked) {
            EventId first = keys.get(key);
            if (first != null) {
              known.put(key, first);
            }
          }
        });
    return known;
  }

  int size() {
    return lock.read(this::held);
  }

  private int held() {
    return Math.max(keys.size(), unapplied);
  }

  /// Waits until there is room for more. The largest event does not count: one that fills the room
  /// by itself would keep out all that comes after it until it is written and folded.
  ///
  /// @return whether there is
  boolean awaitRoom(Duration limit) throws InterruptedException {
    return await(() -> held() - largest() < maxWaiting, limit);
  }

  private int largest() {
    int largest = 0;
    for (int items : large.values()) {
      largest = Math.max(largest, items);
    }
    return largest;
  }

  /// Whether a large event has taken all the room, so that others should follow in small portions.
  boolean isOverfull() {
    return lock.read(() -> held() >= maxWaiting);
  }

  /// Ends all waiting.
  void close() {
    lock.locked(
        () -> {
          closed = true;
          lock.signal();
        });
  }

  /// Waits until there is anything to apply.
  boolean awaitAny(Duration limit) throws InterruptedException {
    return await(() -> !waiting.isEmpty() || wantedTo > appliedTo, limit);
  }

  /// Waits until a reader asks for the ledger, or so much waits that it should not be put off.
  boolean awaitDue(Duration limit) throws InterruptedException {
    return await(this::isDue, limit);
  }

  /// Waits until something is to be expedited, or a run is due.
  void awaitExpedited(Duration limit) throws InterruptedException {
    var _ = await(() -> !expedited.isEmpty() || isDue(), limit);
  }

  private boolean isDue() {
    return wantedTo > appliedTo || held() >= maxWaiting / 2;
  }

  /// Takes what is to be expedited. It stays among what waits.
  List<LedgerStore.LedgerItem> takeExpedited() {
    return lock.read(
        () -> {
          List<LedgerStore.LedgerItem> taken = expedited;
          expedited = taken.isEmpty() ? taken : new ArrayList<>();
          return taken;
        });
  }

  /// Takes what waits. The keys stay known until [#done].
  Run take() {
    return lock.read(
        () -> {
          Run run = new Run(waiting, projectedTo);
          waiting = new ArrayList<>();
          return run;
        });
  }

  /// Forgets the keys of a run that the store has now.
  void done(Run run) {
    lock.locked(
        () -> {
          for (LedgerStore.LedgerItem item : run.items()) {
            keys.remove(item.key(), item.event());
            large.remove(item.event());
          }
          unapplied -= run.items().size();
          appliedTo = run.upTo();
          lock.signal();
        });
  }

  /// Has all that is projected now applied to the ledger, and waits for it.
  ///
  /// @return whether it was done within the limit
  boolean flushLedger(Duration limit) throws InterruptedException {
    long target =
        lock.read(
            () -> {
              wantedTo = Math.max(wantedTo, projectedTo);
              lock.signal();
              return projectedTo;
            });
    return await(() -> appliedTo >= target, limit);
  }

  /// The journal position from which on facts are needed to fill this again after a crash.
  long neededFrom() {
    return lock.read(() -> held() == 0 ? projectedTo : appliedTo);
  }

  /// Ends early, and unmet, when this is closed.
  private boolean await(BooleanSupplier isMet, Duration limit) throws InterruptedException {
    return lock.await(() -> closed || isMet.getAsBoolean(), limit)
        && lock.read(isMet::getAsBoolean);
  }
}
