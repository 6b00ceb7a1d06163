package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What has begun and is not written yet, between the projecting and the writing thread. Its lock
/// guards everything in it.
///
/// It is what is done twice after a crash: so it is bounded, and so is the time that anything stays
/// here while the store is well.
final class Unwritten {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
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
    return await(() -> facts < maxFacts, limit);
  }

  /// What stands before this journal position is about to begin and to be added.
  void expect(long next) {
    lock.lock();
    try {
      end = next;
    } finally {
      lock.unlock();
    }
  }

  /// Adds to the next transaction, which may grow over its bound by one run of facts.
  void add(Begun begun) {
    lock.lock();
    try {
      if (waiting.isEmpty()) {
        since = System.nanoTime();
      }
      waiting.add(begun);
      facts += begun.run().facts();
      if (waiting.size() == 1) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes all that waits, once the first of it has waited for the pace.
  ///
  /// @return empty if nothing waits and nothing will come
  List<Begun> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        changed.await();
      }
      long left = since + pace.toNanos() - System.nanoTime();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<Begun> taken = waiting;
      waiting = new ArrayList<>();
      facts = 0;
      writing = taken;
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /// The journal position before which everything has begun; 0 if nothing did since the start.
  long end() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  /// What was taken is written.
  void done() {
    lock.lock();
    try {
      writing = List.of();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until nothing is unwritten.
  boolean awaitNone(Duration limit) throws InterruptedException {
    return await(() -> waiting.isEmpty() && writing.isEmpty(), limit);
  }

  /// When the first fact that is not written yet was taken in, empty if all are.
  Optional<Instant> oldest() {
    lock.lock();
    try {
      return Stream.concat(writing.stream(), waiting.stream())
          .findFirst()
          .map(begun -> begun.run().oldest());
    } finally {
      lock.unlock();
    }
  }

  /// Nothing more will come.
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean await(BooleanSupplier isMet, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!isMet.getAsBoolean()) {
        if (left <= 0) {
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
