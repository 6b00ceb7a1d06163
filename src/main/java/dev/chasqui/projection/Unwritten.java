package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What has begun and is not written yet, between the projecting and the writing thread. Its
/// monitor guards everything in it.
///
/// It is what is done twice after a crash: so it is bounded, and so is the time that anything stays
/// here while the store is well.
final class Unwritten {

  private final Monitor monitor = new Monitor();
  private final int maxFacts;
  private final Duration pace;

  private List<Begun> waiting = new ArrayList<>();
  private int facts;
  private long since;
  private List<Begun> writing = List.of();
  private long end;
  private boolean closed;

  /// @param maxFacts with how many facts the next transaction is full
  /// @param pace how long the first waits for others, and for its deliveries to end
  Unwritten(int maxFacts, Duration pace) {
    this.maxFacts = maxFacts;
    this.pace = pace;
  }

  /// Waits until the next transaction is not full.
  ///
  /// @return whether it is not
  boolean awaitRoom(Duration limit) throws InterruptedException {
    return monitor.await(() -> facts < maxFacts, limit);
  }

  /// What stands before this journal position is about to begin and to be added.
  void expect(long next) {
    monitor.locked(() -> end = next);
  }

  /// Adds to the next transaction, which may grow over its bound by one run of facts.
  void add(Begun begun) {
    monitor.locked(
        () -> {
          waiting.add(begun);
          facts += begun.run().facts();
          if (waiting.size() == 1) {
            since = System.nanoTime();
            monitor.signal();
          }
        });
  }

  /// Takes all that waits, once the first of it has waited for the pace, even if it is full before:
  /// who is behind gains nothing by writing deliveries that have not ended, and once more when they
  /// have. There is one who takes.
  ///
  /// @return empty if nothing waits and nothing will come
  List<Begun> take() throws InterruptedException {
    monitor.await(() -> !waiting.isEmpty() || closed);
    var _ = monitor.await(() -> closed, pace.minusNanos(System.nanoTime() - since()));
    return monitor.read(
        () -> {
          writing = waiting;
          waiting = new ArrayList<>();
          facts = 0;
          monitor.signal();
          return writing;
        });
  }

  private long since() {
    return monitor.read(() -> since);
  }

  /// The journal position before which everything has begun; 0 if nothing did since the start.
  long end() {
    return monitor.read(() -> end);
  }

  /// What was taken is written.
  void done() {
    monitor.locked(
        () -> {
          writing = List.of();
          monitor.signal();
        });
  }

  /// Waits until nothing is unwritten.
  boolean awaitNone(Duration limit) throws InterruptedException {
    return monitor.await(() -> waiting.isEmpty() && writing.isEmpty(), limit);
  }

  /// When the first fact that is not written yet was taken in, empty if all are.
  Optional<Instant> oldest() {
    return monitor.read(
        () ->
            Stream.concat(writing.stream(), waiting.stream())
                .findFirst()
                .map(begun -> begun.run().oldest()));
  }

  /// Nothing more will come.
  void close() {
    monitor.locked(
        () -> {
          closed = true;
          monitor.signal();
        });
  }
}
