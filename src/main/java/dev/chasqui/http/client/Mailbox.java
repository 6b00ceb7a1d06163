package dev.chasqui.http.client;

import dev.chasqui.model.SendResult;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Takes one result from the event loop to the thread that waits for it. Made by that thread.
/// Parking unmounts a virtual thread; nothing is pinned.
final class Mailbox {

  private final Thread reader = Thread.currentThread();
  private final AtomicReference<@Nullable SendResult> result = new AtomicReference<>();

  /// Only the first result counts.
  void put(SendResult value) {
    if (result.compareAndSet(null, value)) {
      LockSupport.unpark(reader);
    }
  }

  boolean isFull() {
    return result.get() != null;
  }

  SendResult take() throws InterruptedException {
    while (true) {
      SendResult value = result.get();
      if (value != null) {
        return value;
      }
      LockSupport.park(this);
      if (Thread.interrupted()) {
        throw new InterruptedException("sending was given up");
      }
    }
  }
}
