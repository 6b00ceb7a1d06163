package dev.chasqui.sim;

import java.time.Duration;

/// How the platform waits between attempts: at once, then longer each time, until it gives up. The
/// real schedule is unpublished; known are its shape and its seven days.
///
/// @param first the wait before the second attempt
/// @param factor how much longer each further wait is
/// @param longest no wait is longer
/// @param limit after this long there is no further attempt
public record RetrySchedule(Duration first, double factor, Duration longest, Duration limit) {

  /// The schedule that the real platform is assumed to have.
  public static final RetrySchedule SEVEN_DAYS =
      new RetrySchedule(Duration.ofSeconds(1), 3, Duration.ofHours(12), Duration.ofDays(7));

  /// The same shape in seconds, for demonstrations and tests.
  public static final RetrySchedule QUICK =
      new RetrySchedule(Duration.ofMillis(20), 2, Duration.ofSeconds(1), Duration.ofSeconds(20));

  public RetrySchedule {
    if (first.isNegative() || factor < 1 || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("waits must grow");
    }
  }

  /// The wait after that many failed attempts, from 1.
  public Duration waitAfter(int failures) {
    double millis = first.toMillis() * Math.pow(factor, failures - 1.0);
    return Duration.ofMillis((long) Math.min(millis, (double) longest.toMillis()));
  }
}
