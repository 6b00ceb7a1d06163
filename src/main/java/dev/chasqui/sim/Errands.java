package dev.chasqui.sim;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// What is done later, one thing after the other. Safe for use by many threads.
public final class Errands implements AutoCloseable {

  private static final int MAX_WAITING = 10_000;

  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>(MAX_WAITING);
  private final Thread thread;

  /// @param name of the thread that does them
  public Errands(String name) {
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  /// Does it when all that waits is done.
  ///
  /// @throws IllegalStateException if too many wait
  public void add(Runnable errand) {
    waiting.add(errand);
  }

  /// Waits until all that waits now is done.
  ///
  /// @return false if it takes longer than the limit
  public boolean settle(Duration limit) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    add(done::countDown);
    return done.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        waiting.take().run();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Leaves undone what waits.
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
