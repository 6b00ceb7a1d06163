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

/// What is projected but not yet folded, shared by the projecting and the folding thread. Its
/// monitor guards everything in it.
///
/// Its keys are the hot tier of the dedup memory: a key leaves it only after the store has it, so a
/// reader that asks here first and the store second misses none.
final class FoldBacklog {

  private final Monitor monitor = new Monitor();
  private final int maxWaiting;

  /// Each key with the event that had it first. The key of a repeat is here or in the store
  /// already, under its first event; under the repeat's own, what comes next would count as seen
  /// with that.
  private final Map<ItemKey, EventId> keys = new HashMap<>();

  private List<LedgerStore.Folded> waiting = new ArrayList<>();

  /// Items that wait or are being folded.
  private int unfolded;

  /// Those of what waits that sends wait to see.
  private List<LedgerStore.Folded> pressing = new ArrayList<>();

  /// Events that alone take more than half of the room, with how many items each has, until they
  /// are folded.
  private final Map<EventId, Integer> large = new HashMap<>(0);

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
    monitor.locked(
        () -> {
          foldedTo = foldCursor;
          projectedTo = foldCursor;
        });
  }

  /// Makes the keys of an event's items known that are about to be committed.
  void expect(List<LedgerStore.Folded> items) {
    monitor.locked(
        () -> {
          items.forEach(this::know);
          if (items.size() > maxWaiting / 2) {
            large.put(items.getFirst().event(), items.size());
          }
        });
  }

  private void know(LedgerStore.Folded item) {
    if (item.fresh()) {
      keys.putIfAbsent(item.key(), item.event());
    }
  }

  /// Forgets the keys of items that were expected and will not be committed.
  void forget(Collection<LedgerStore.Folded> items) {
    monitor.locked(
        () -> {
          for (LedgerStore.Folded item : items) {
            keys.remove(item.key(), item.event());
            large.remove(item.event());
          }
        });
  }

  /// Adds what was committed.
  ///
  /// @param upTo the journal position that is projected now
  void add(Collection<LedgerStore.Folded> items, long upTo) {
    monitor.locked(
        () -> {
          for (LedgerStore.Folded item : items) {
            know(item);
            if (FoldItems.isUrgent(item)) {
              pressing.add(item);
            }
          }
          boolean wasEmpty = waiting.isEmpty();
          waiting.addAll(items);
          unfolded += items.size();
          projectedTo = upTo;
          // The folding thread sleeps until there is something, and then until it is enough.
          if (wasEmpty || waiting.size() >= maxWaiting / 2 || !pressing.isEmpty()) {
            monitor.signal();
          }
        });
  }

  /// Those of the keys that wait here, each with the event that had it first.
  Map<ItemKey, EventId> known(Collection<ItemKey> asked) {
    Map<ItemKey, EventId> known = new HashMap<>();
    monitor.locked(
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
    return monitor.read(this::held);
  }

  private int held() {
    return Math.max(keys.size(), unfolded);
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
    return monitor.read(() -> held() >= maxWaiting);
  }

  /// Ends all waiting.
  void close() {
    monitor.locked(
        () -> {
          closed = true;
          monitor.signal();
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
    return wantedTo > foldedTo || held() >= maxWaiting / 2;
  }

  /// Takes what presses. It stays among what waits.
  List<LedgerStore.Folded> takePressing() {
    return monitor.read(
        () -> {
          List<LedgerStore.Folded> taken = pressing;
          pressing = taken.isEmpty() ? taken : new ArrayList<>();
          return taken;
        });
  }

  /// Takes what waits. The keys stay known until [#done].
  Run take() {
    return monitor.read(
        () -> {
          Run run = new Run(waiting, projectedTo);
          waiting = new ArrayList<>();
          return run;
        });
  }

  /// Forgets the keys of a run that the store has now.
  void done(Run run) {
    monitor.locked(
        () -> {
          for (LedgerStore.Folded item : run.items()) {
            keys.remove(item.key(), item.event());
            large.remove(item.event());
          }
          unfolded -= run.items().size();
          foldedTo = run.upTo();
          monitor.signal();
        });
  }

  /// Asks for a fold of all that is projected now, and waits for it.
  ///
  /// @return whether it was done within the limit
  boolean foldNow(Duration limit) throws InterruptedException {
    long target =
        monitor.read(
            () -> {
              wantedTo = Math.max(wantedTo, projectedTo);
              monitor.signal();
              return projectedTo;
            });
    return await(() -> foldedTo >= target, limit);
  }

  /// The journal position from which on facts are needed to fill this again after a crash.
  long neededFrom() {
    return monitor.read(() -> held() == 0 ? projectedTo : foldedTo);
  }

  /// Ends early, and unmet, when this is closed.
  private boolean await(BooleanSupplier isMet, Duration limit) throws InterruptedException {
    return monitor.await(() -> closed || isMet.getAsBoolean(), limit)
        && monitor.read(isMet::getAsBoolean);
  }
}
