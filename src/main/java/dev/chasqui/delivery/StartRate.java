package dev.chasqui.delivery;

/// Spaces starts evenly: one every `1 / perSecond`. Arithmetic on the time of the next free start;
/// who holds that time guards it.
///
/// @param intervalNanos from one start to the next, 0 for no limit
record StartRate(long intervalNanos) {

  static final StartRate UNLIMITED = new StartRate(0);

  private static final double LONGEST_NANOS = 1e18;

  /// A start may be early by this much, so that a late wake-up does not lower the rate.
  private static final long SLACK_NANOS = 20_000_000;

  /// @param perSecond more than 0
  static StartRate of(double perSecond) {
    return new StartRate((long) Math.min(LONGEST_NANOS, 1e9 / perSecond));
  }

  /// When a start is free again after one at `now`.
  ///
  /// @param free when this one was free
  long after(long free, long now) {
    long earliest = now - Math.min(SLACK_NANOS, intervalNanos);
    return (free - earliest > 0 ? free : earliest) + intervalNanos;
  }
}
