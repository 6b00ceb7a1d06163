package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Batches whose deliveries have begun and that are not committed yet, between the projecting and
/// the committing thread. Its monitor guards everything in it.
///
/// It is what is done twice after a crash: so it is bounded, and so is the time that anything stays
/// here while the store is well.
final class UncommittedBatches {

  private final StateLock lock = new StateLock();
  private final int maxFacts;
  private final Duration maxDelay;

  private List<UncommittedBatch> waiting = new ArrayList<>();
  private int facts;
  private long since;
  private List<UncommittedBatch> writing = List.of();
  private long end;
  private boolean closed;

  /// @param maxFacts with how many facts the next transaction is full
  /// @param maxDelay how long the first waits for others, and for its deliveries to end
  UncommittedBatches(int maxFacts, Duration maxDelay) {
    this.maxFacts = maxFacts;
    this.maxDelay = maxDelay;
  }

  /// Waits until the next transaction is not full.
  ///
  /// @return whether it is not
  boolean awaitRoom(Duration limit) throws InterruptedException {
    return lock.await(() -> facts < maxFacts, limit);
  }

  /// What stands before this journal position is about to begin and to be added.
  void expect(long next) {
    lock.locked(() -> end = next);
  }

  /// Adds to the next transaction, which may grow over its bound by one run of facts.
  void add(UncommittedBatch batch) {
    lock.locked(
        () -> {
          waiting.add(batch);
          facts += batch.run().facts();
          if (waiting.size() == 1) {
            since = System.nanoTime();
            lock.signal();
          }
        });
  }

  /// Takes all batches that wait, once the first of them has waited for the maximum delay. It does
  /// not return sooner when the queue is full: a writer that is behind would write deliveries that
  /// have not ended, and write them once more when they have. One thread alone may call it.
  ///
  /// @return empty if no batch waits and the queue is closed
  List<UncommittedBatch> take() throws InterruptedException {
    lock.await(() -> !waiting.isEmpty() || closed);
    var _ = lock.await(() -> closed, maxDelay.minusNanos(System.nanoTime() - since()));
    return lock.read(
        () -> {
          writing = waiting;
          waiting = new ArrayList<>();
          facts = 0;
          lock.signal();
          return writing;
        });
  }

  private long since() {
    return lock.read(() -> since);
  }

  /// The journal position before which everything has begun; 0 if nothing did since the start.
  long end() {
    return lock.read(() -> end);
  }

  /// Tells that the batches last taken are written.
  void done() {
    lock.locked(
        () -> {
          writing = List.of();
          lock.signal();
        });
  }

  /// Waits until all is committed.
  boolean awaitNone(Duration limit) throws InterruptedException {
    return lock.await(() -> waiting.isEmpty() && writing.isEmpty(), limit);
  }

  /// When the first fact that is not written yet was taken in, empty if all are.
  Optional<Instant> oldest() {
    return lock.read(
        () ->
            Stream.concat(writing.stream(), waiting.stream())
                .findFirst()
                .map(batch -> batch.run().oldest()));
  }

  /// Ends [#take]: after the last batch it returns an empty list.
  void close() {
    lock.locked(
        () -> {
          closed = true;
          lock.signal();
        });
  }
}
