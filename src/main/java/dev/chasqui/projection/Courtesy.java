package dev.chasqui.projection;

import java.time.Duration;

/// Lets the ingress go first. While the journal grows faster than anything could be delivered, a
/// projection at full speed would only take the processor from those who wait for their
/// acknowledgement: it steps back to a small share of the time, the journal absorbs the burst, and
/// what was put off is projected when the burst is over. Used by one thread.
final class Courtesy {

  /// For one part of work so many parts of rest.
  private static final int REST = 9;

  private static final long WINDOW_NANOS = Duration.ofMillis(50).toNanos();
  private static final Duration LONGEST_REST = Duration.ofMillis(250);

  private final long bytesPerSecond;
  private boolean hasBegun;
  private long windowTail;
  private long windowNanos;
  private boolean isBurst;

  /// @param bytesPerSecond growth of the journal above which the ingress goes first
  Courtesy(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
  }

  /// Whether more comes in than could be delivered. To be asked after each step.
  ///
  /// @param tail where the journal ends now
  /// @param nanos a steady clock
  boolean isBurst(long tail, long nanos) {
    long passed = nanos - windowNanos;
    if (!hasBegun || passed >= WINDOW_NANOS) {
      double seconds = passed / 1e9;
      isBurst = hasBegun && tail - windowTail > bytesPerSecond * seconds;
      hasBegun = true;
      windowTail = tail;
      windowNanos = nanos;
    }
    return isBurst;
  }

  /// How long to rest in a burst.
  ///
  /// @param worked how long the step before took, until it was written
  static Duration rest(Duration worked) {
    Duration rest = worked.multipliedBy(REST);
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }
}
