package dev.chasqui.api.operator;

import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// What waits for one reader of the tail. Its lock guards everything in it.
final class OpenTail implements AutoCloseable {

  /// In the events that wait; each takes some hundred bytes.
  private static final int MOST_NOTIFICATIONS = 20_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<TailItem> waiting = new ArrayDeque<>();
  private final WorkspaceId workspace;
  private final int most;
  private final Consumer<OpenTail> closed;
  private int notifications;
  private long missed;
  private boolean isEnded;

  OpenTail(WorkspaceId workspace, int most, Consumer<OpenTail> closed) {
    this.workspace = workspace;
    this.most = most;
    this.closed = closed;
  }

  /// What a reader gets next.
  sealed interface Next {

    /// Something happened.
    record Item(TailItem item) implements Next {}

    /// The reader was too slow for so many.
    record Gap(long missed) implements Next {}

    /// Nothing for a while.
    record Nothing() implements Next {}

    /// There will be no more.
    record End() implements Next {}
  }

  /// Never waits for the reader.
  void offer(WorkspaceId owner, TailItem item) {
    if (!owner.equals(workspace)) {
      return;
    }
    lock.lock();
    try {
      // What was missed stands behind what waits: nothing more is taken until that is read.
      if (missed > 0 || isFull(item)) {
        missed++;
      } else {
        waiting.add(item);
        notifications += item.notifications();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// One of any size fits if nothing waits.
  private boolean isFull(TailItem item) {
    boolean isHeavy = notifications + item.notifications() > MOST_NOTIFICATIONS;
    return waiting.size() >= most || (isHeavy && !waiting.isEmpty());
  }

  Next next(Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (waiting.isEmpty() && missed == 0 && !isEnded && left > 0) {
        left = changed.awaitNanos(left);
      }
      return take();
    } finally {
      lock.unlock();
    }
  }

  private Next take() {
    TailItem item = waiting.poll();
    if (item != null) {
      notifications -= item.notifications();
      return new Next.Item(item);
    }
    if (missed > 0) {
      Next gap = new Next.Gap(missed);
      missed = 0;
      return gap;
    }
    return isEnded ? new Next.End() : new Next.Nothing();
  }

  /// What waits is still told, and then the end.
  void end() {
    lock.lock();
    try {
      isEnded = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed.accept(this);
  }
}
