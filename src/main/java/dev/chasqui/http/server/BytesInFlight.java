package dev.chasqui.http.server;

import java.util.concurrent.atomic.AtomicLong;

/// Counts the bytes that a listener holds: bodies of requests that are not answered yet, or answers
/// that are not taken yet.
final class BytesInFlight {

  private final long max;
  private final AtomicLong now = new AtomicLong();

  BytesInFlight(long max) {
    this.max = max;
  }

  /// Counts bytes in, unless they would pass the limit.
  boolean take(int bytes) {
    if (now.addAndGet(bytes) <= max) {
      return true;
    }
    now.addAndGet(-bytes);
    return false;
  }

  void give(int bytes) {
    now.addAndGet(-bytes);
  }

  long now() {
    return now.get();
  }
}
