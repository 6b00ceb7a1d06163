package dev.chasqui.http;

import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.model.Bytes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Takes the pieces of a body from an event loop to the one thread that reads them. The loop is
/// asked for a few pieces ahead and for one more whenever one is taken, so what is in memory is
/// bounded, and a reader that does not read stops the socket. Its lock guards everything in it.
public final class Inflow implements Pieces {

  /// How many pieces are asked for ahead; one is at most what the HTTP parser gives at once, 64
  /// KiB.
  private static final int AHEAD = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Bytes> pieces = new ArrayDeque<>(AHEAD);
  private final IntConsumer more;
  private boolean isAsked;
  private boolean isWaiting;
  private boolean isOver;
  private @Nullable Fault fault;

  /// @param more asks for so many more pieces; called on the reader's thread
  public Inflow(IntConsumer more) {
    this.more = more;
  }

  /// A piece has come.
  public void offer(Bytes piece) {
    locked(() -> pieces.add(piece));
  }

  /// All pieces have come.
  public void end() {
    locked(() -> isOver = true);
  }

  /// No more will come. What has come and was not read is dropped; after the end this is nothing.
  public void fail(Fault why) {
    locked(
        () -> {
          if (!isOver && fault == null) {
            fault = why;
            pieces.clear();
          }
        });
  }

  /// Whether the reader waits for the other side.
  public boolean isWaiting() {
    lock.lock();
    try {
      return isWaiting;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Bytes next() throws InterruptedException {
    askFirst();
    Bytes piece = take();
    if (piece != null) {
      more.accept(1);
    }
    return piece;
  }

  private void askFirst() {
    if (!isAsked) {
      isAsked = true;
      more.accept(AHEAD);
    }
  }

  private @Nullable Bytes take() throws InterruptedException {
    lock.lock();
    try {
      while (pieces.isEmpty() && !isOver && fault == null) {
        isWaiting = true;
        changed.await();
      }
      if (fault != null) {
        throw new BrokenStreamException(fault);
      }
      return pieces.poll();
    } finally {
      isWaiting = false;
      lock.unlock();
    }
  }

  private void locked(Runnable action) {
    lock.lock();
    try {
      action.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
