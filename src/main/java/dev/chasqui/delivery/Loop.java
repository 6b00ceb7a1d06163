package dev.chasqui.delivery;

import java.time.Duration;

/// A thread of its own for a loop that calls the store: a platform thread, since a database's
/// native code would hold on to a carrier.
final class Loop {

  private final Thread thread;

  Loop(String name, Runnable body) {
    this.thread = Thread.ofPlatform().name(name).unstarted(body);
  }

  void start() {
    thread.start();
  }

  /// Waits for its end; returns at once if it never began.
  ///
  /// @return false if the limit passed first
  boolean awaitEnd(Duration limit) throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(limit);
  }
}
