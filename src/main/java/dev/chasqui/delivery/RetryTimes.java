package dev.chasqui.delivery;

import dev.chasqui.model.Policy;
import dev.chasqui.store.DeliveryStore.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The arithmetic of when to try again.
final class RetryTimes {

  private RetryTimes() {}

  /// The time of the next attempt, empty if the schedule has none left.
  ///
  /// @param attempts made so far, 1 or more
  /// @param random from 0 to 1, where in the jitter's share the wait falls
  static Optional<Instant> next(Policy.Retry retry, int attempts, Instant now, double random) {
    if (attempts > retry.schedule().size()) {
      return Optional.empty();
    }
    return Optional.of(now.plus(stretched(retry.schedule().get(attempts - 1), retry, random)));
  }

  /// Whether an attempt is made before the schedule says: then it uses up none of it. A failure in
  /// the future was written while the clock was wrong and says nothing.
  static boolean isEarly(Policy.Retry policy, Past past, Instant at) {
    Instant failedAt = past.failedAt();
    int behind = past.scheduled();
    boolean isKnown = failedAt != null && behind > 0 && behind <= policy.schedule().size();
    return failedAt != null
        && isKnown
        && !failedAt.isAfter(at)
        && at.isBefore(failedAt.plus(policy.schedule().get(behind - 1)));
  }

  /// The longest that a delivery can wait by its policy, with the receiver's own wish.
  ///
  /// @param longestWish what a longer `Retry-After` is cut to
  static Duration longest(Policy.Retry policy, Duration longestWish) {
    Duration longest = policy.honoursRetryAfter() ? longestWish : Duration.ZERO;
    for (Duration wait : policy.schedule()) {
      Duration stretched = stretched(wait, policy, 1);
      longest = stretched.compareTo(longest) > 0 ? stretched : longest;
    }
    return longest;
  }

  /// The later of the schedule's time and the receiver's own wish: a wish never shortens a wait.
  ///
  /// @param retryAfter the raw header, null if there is none to honour
  /// @param longest what a longer wish is cut to
  static Instant noEarlier(
      Instant scheduled, @Nullable String retryAfter, Instant now, Duration longest) {
    if (retryAfter == null) {
      return scheduled;
    }
    Instant wished =
        RetryAfter.parse(retryAfter, now).map(wait -> now.plus(min(wait, longest))).orElse(now);
    return wished.isAfter(scheduled) ? wished : scheduled;
  }

  private static Duration stretched(Duration wait, Policy.Retry retry, double random) {
    return wait.plusMillis((long) (wait.toMillis() * retry.jitter() * random));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
