package dev.chasqui.delivery;

import java.time.Duration;
import java.time.Instant;

/// Notices that the wall clock jumped, by a clock that never does. Used by one thread.
final class JumpWatch {

  private final Timing timing;
  private final Duration tolerance;
  private final Duration distrust;
  private Instant wall;
  private long steady;
  private long trustedFrom;

  /// @param tolerance a smaller difference is no jump
  /// @param distrust how long after a jump expiry times are not believed
  JumpWatch(Timing timing, Duration tolerance, Duration distrust) {
    this.timing = timing;
    this.tolerance = tolerance;
    this.distrust = distrust;
    this.wall = timing.clock().instant();
    this.steady = timing.nanos().getAsLong();
    this.trustedFrom = steady;
  }

  /// Whether the wall clock jumped since the last check.
  boolean jumped() {
    Instant nowWall = timing.clock().instant();
    long nowSteady = timing.nanos().getAsLong();
    Duration drift = Duration.between(wall, nowWall).minusNanos(nowSteady - steady);
    wall = nowWall;
    steady = nowSteady;
    boolean jumped = drift.abs().compareTo(tolerance) > 0;
    if (jumped) {
      trustedFrom = nowSteady + distrust.toNanos();
    }
    return jumped;
  }

  /// Whether times that were written before are to be believed.
  boolean isTrusted() {
    return timing.nanos().getAsLong() - trustedFrom >= 0;
  }
}
