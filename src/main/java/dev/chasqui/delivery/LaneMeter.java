package dev.chasqui.delivery;

import dev.chasqui.model.Lane;
import org.jspecify.annotations.Nullable;

/// Which lane an endpoint's deliveries wait in. The first delivery and every 20th after it is
/// measured, and what it took decides the lane of those that start afterwards (seed 002). A timeout
/// is a measure; an attempt that got no answer for another reason tells nothing of the receiver's
/// speed, so the next one is measured instead. Guarded by the lock of its [DispatchState].
///
/// Nothing of this is stored: after a restart an endpoint begins in the default lane, and its first
/// answer puts it where it belongs.
final class LaneMeter {

  /// From one measured delivery to the next.
  static final int EVERY = 20;

  private static final long FAST_MILLIS = 200;
  private static final long SLOW_MILLIS = 1_000;

  private Lane lane = Lane.DEFAULT;
  private int untilSample;
  private @Nullable Long lastMillis;
  private String reason = "nothing measured yet";

  Lane lane() {
    return lane;
  }

  /// What the last measured delivery took, null before the first.
  @Nullable Long lastMillis() {
    return lastMillis;
  }

  /// Why it is in its lane, for an operator.
  String reason() {
    return reason;
  }

  /// Counts a delivery that starts.
  ///
  /// @return whether it is to be measured
  boolean start() {
    boolean isSample = untilSample == 0;
    untilSample = isSample ? EVERY - 1 : untilSample - 1;
    return isSample;
  }

  /// Takes what a measured delivery came to.
  void measured(DispatchState.Ending ending) {
    switch (ending.speed()) {
      case ANSWERED -> answered(ending.millis());
      case TIMED_OUT -> moveTo(Lane.LOW, ending.millis(), "no answer before the deadline");
      case UNKNOWN -> untilSample = 0;
    }
  }

  private void answered(long millis) {
    if (millis <= FAST_MILLIS) {
      moveTo(Lane.HIGH, millis, "answered in 200 ms or less");
    } else if (millis < SLOW_MILLIS) {
      moveTo(Lane.DEFAULT, millis, "answered in more than 200 ms and less than 1 s");
    } else {
      moveTo(Lane.LOW, millis, "answered in 1 s or more");
    }
  }

  private void moveTo(Lane next, long millis, String why) {
    lane = next;
    lastMillis = millis;
    reason = why;
  }
}
