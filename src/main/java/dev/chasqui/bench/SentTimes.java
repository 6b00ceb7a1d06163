package dev.chasqui.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/// When the latest requests were sent, by sequence number: written by the generator's thread, read
/// by the receiver's. Older ones than the ring is long are forgotten.
final class SentTimes {

  private static final int SIZE = 1 << 22;

  private final AtomicLongArray nanos = new AtomicLongArray(SIZE);

  void put(long sequence, long nanoTime) {
    nanos.lazySet((int) (sequence & (SIZE - 1)), nanoTime);
  }

  long get(long sequence) {
    return nanos.get((int) (sequence & (SIZE - 1)));
  }
}
