package dev.chasqui.projection;

import java.time.Duration;

/// The waits of a loop that meets a fault again and again: 50 ms, doubled each time, 5 s at most.
/// For one thread.
final class LoopBackoff {

  private static final Duration FIRST = Duration.ofMillis(50);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private Duration next = FIRST;

  Duration next() {
    Duration wait = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return wait;
  }

  void reset() {
    next = FIRST;
  }
}
