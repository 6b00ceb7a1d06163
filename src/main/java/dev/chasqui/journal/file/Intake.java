package dev.chasqui.journal.file;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.Bytes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The queue of appends before the writer: a lock-free stack, bounded in bytes. Any thread pushes;
/// the writer takes all of it at once.
///
/// The top of the stack also holds the writer's condition. Null: the writer is running and will
/// look again. [#ASLEEP]: the writer is parked, and the thread that replaces the mark must wake it;
/// so a busy writer costs its callers no wake-up. [#CLOSED] or [#POISONED]: no append is accepted
/// any more, for good.
final class Intake {

  private static final Pending ASLEEP = mark();
  private static final Pending CLOSED = mark();
  private static final Pending POISONED = mark();

  private final AtomicReference<@Nullable Pending> top = new AtomicReference<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final long maxWaitingBytes;
  private volatile @Nullable Thread writer;
  private volatile boolean isResting;
  private volatile boolean isStopping;

  Intake(long maxWaitingBytes) {
    this.maxWaitingBytes = maxWaitingBytes;
  }

  /// Takes an append in; empty if it was, else why not.
  Optional<Journal.Reason> offer(Pending pending) {
    int size = pending.paddedLength();
    if (waitingBytes.addAndGet(size) > maxWaitingBytes) {
      waitingBytes.addAndGet(-size);
      return Optional.of(Journal.Reason.OVERLOADED);
    }
    Optional<Journal.Reason> refused = push(pending);
    if (refused.isPresent()) {
      waitingBytes.addAndGet(-size);
    }
    return refused;
  }

  private Optional<Journal.Reason> push(Pending pending) {
    while (true) {
      Pending seen = top.get();
      if (seen == CLOSED) {
        return Optional.of(Journal.Reason.CLOSED);
      }
      if (seen == POISONED) {
        return Optional.of(Journal.Reason.POISONED);
      }
      pending.next = seen == ASLEEP ? null : seen;
      if (top.compareAndSet(seen, pending)) {
        if (seen == ASLEEP || (isResting && !pending.isBulk())) {
          LockSupport.unpark(writer);
        }
        return Optional.empty();
      }
    }
  }

  /// Waits for appends and takes all, oldest first; null when the intake is stopping and nothing
  /// waits. For the writer's thread alone.
  @Nullable Pending take() {
    while (true) {
      Pending seen = top.get();
      boolean isShut = seen == CLOSED || seen == POISONED;
      if (seen != null && seen != ASLEEP && !isShut) {
        return oldestFirst(top.getAndSet(null));
      }
      if (isShut || isStopping) {
        return null;
      }
      if (seen == ASLEEP || top.compareAndSet(null, ASLEEP)) {
        LockSupport.park(this);
        // Nobody interrupts the writer; if somebody does, the next write would close its file.
        boolean _ = Thread.interrupted();
      }
    }
  }

  /// Waits until the time is over or something interactive waits. For the writer's thread alone,
  /// awake.
  ///
  /// No wake-up is lost: the writer marks that it rests before it looks at the stack, who appends
  /// pushes before looking at the mark, and both are volatile.
  void rest(Duration time) {
    isResting = true;
    long end = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !isStopping && !hasInteractive()) {
      LockSupport.parkNanos(this, left);
      left = end - System.nanoTime();
    }
    isResting = false;
  }

  private boolean hasInteractive() {
    Pending pending = top.get();
    while (pending != null && pending.isBulk()) {
      pending = pending.next;
    }
    return pending != null;
  }

  /// Takes what waits, oldest first, without waiting. For the writer's thread alone, awake.
  @Nullable Pending poll() {
    return top.get() == null ? null : oldestFirst(top.getAndSet(null));
  }

  /// Refuses all later appends and gives those that wait, oldest first.
  @Nullable Pending shut(boolean poisoned) {
    Pending rest = top.getAndSet(poisoned ? POISONED : CLOSED);
    return rest == ASLEEP || rest == CLOSED || rest == POISONED ? null : oldestFirst(rest);
  }

  void writerIs(Thread thread) {
    writer = thread;
  }

  /// Lets [#take] return null when nothing waits any more.
  void stop() {
    isStopping = true;
    LockSupport.unpark(writer);
  }

  boolean isStopping() {
    return isStopping;
  }

  /// Tells that so many bytes wait no longer.
  void release(long bytes) {
    waitingBytes.addAndGet(-bytes);
  }

  long waitingBytes() {
    return waitingBytes.get();
  }

  private static @Nullable Pending oldestFirst(@Nullable Pending newest) {
    Pending result = null;
    Pending link = newest;
    while (link != null) {
      Pending older = link.next;
      link.next = result;
      result = link;
      link = older;
    }
    return result;
  }

  private static Pending mark() {
    return new Pending(Bytes.EMPTY, false, _ -> {});
  }
}
