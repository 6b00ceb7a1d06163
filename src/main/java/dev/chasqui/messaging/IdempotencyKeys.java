package dev.chasqui.messaging;

import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Idempotency;
import dev.chasqui.model.Sending.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The keys of requests that are under way, and of answered ones that the store may not have yet.
///
/// A key leaves this memory only after the store has it, so a lookup here first and in the store
/// second misses no key. If there is no room for one more key and none may leave, the request must
/// be refused: forgetting a key could send a message twice.
final class IdempotencyKeys {

  private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();
  private final int max;
  private final LongSupplier knownUpTo;

  /// Guards [#settled].
  private final ReentrantLock lock = new ReentrantLock();

  /// Answered ones in the order of their records in the journal, nearly.
  private final Deque<Entry> settled = new ArrayDeque<>();

  /// @param knownUpTo the journal position before which the store knows all keys
  IdempotencyKeys(int max, LongSupplier knownUpTo) {
    this.max = max;
    this.knownUpTo = knownUpTo;
  }

  /// What a key stands for here.
  sealed interface Claim {

    /// Nobody else uses it: the caller has it until it settles or releases it.
    record Taken(Entry entry) implements Claim {}

    /// It stands for a request that was answered.
    record Answered(Sending sending) implements Claim {}

    /// It stands for something else.
    record Clash(SendAnswer.Clash clash) implements Claim {}

    /// There is no room.
    record Full() implements Claim {}
  }

  /// Takes a key, or tells what it stands for.
  Claim claim(Idempotency wanted) {
    Entry mine = new Entry(wanted);
    boolean isFull = !entries.containsKey(wanted.key()) && entries.size() >= max && !makeRoom();
    if (isFull) {
      return new Claim.Full();
    }
    Entry other = entries.putIfAbsent(wanted.key(), mine);
    if (other == null) {
      return new Claim.Taken(mine);
    }
    Sending answered = other.answered;
    if (answered != null && isFreeAgain(answered.outcome())) {
      return entries.replace(wanted.key(), other, mine)
          ? new Claim.Taken(mine)
          : new Claim.Clash(SendAnswer.Clash.IN_FLIGHT);
    }
    return judge(wanted, other.idempotency, answered);
  }

  /// What a key that stands for an earlier request means for this one.
  ///
  /// @param answered null while the earlier request is under way
  static Claim judge(Idempotency wanted, Idempotency earlier, @Nullable Sending answered) {
    if (!wanted.request().equals(earlier.request())) {
      return new Claim.Clash(SendAnswer.Clash.OTHER_REQUEST);
    }
    return answered == null
        ? new Claim.Clash(SendAnswer.Clash.IN_FLIGHT)
        : new Claim.Answered(answered);
  }

  /// Whether a request that was refused may be tried again with the same key.
  static boolean isFreeAgain(Outcome outcome) {
    return outcome instanceof Outcome.Refused refused
        && Refusals.mayPass(refused.status(), refused.code());
  }

  /// The request was answered.
  ///
  /// @param position of its record in the journal
  void settle(Entry entry, Sending sending, long position) {
    entry.position = position;
    entry.answered = sending;
    lock.lock();
    try {
      settled.addLast(entry);
    } finally {
      lock.unlock();
    }
  }

  /// Nothing came of the request, or the store has all that is to be known of it.
  void release(Entry entry) {
    entries.remove(entry.idempotency.key(), entry);
  }

  int size() {
    return entries.size();
  }

  private boolean makeRoom() {
    long known = knownUpTo.getAsLong();
    lock.lock();
    try {
      while (!settled.isEmpty() && settled.getFirst().position < known) {
        release(settled.removeFirst());
      }
    } finally {
      lock.unlock();
    }
    return entries.size() < max;
  }

  /// One request's hold of a key.
  static final class Entry {
    private final Idempotency idempotency;
    private volatile long position;
    private volatile @Nullable Sending answered;

    private Entry(Idempotency idempotency) {
      this.idempotency = idempotency;
    }

    Idempotency idempotency() {
      return idempotency;
    }
  }
}
