package dev.chasqui.model;

import java.time.Clock;
import java.util.random.RandomGenerator;

/// Makes ULIDs of the clock's time and fresh randomness. Safe for use by many threads if its
/// generator is.
public final class IdSource {

  private final Clock clock;
  private final RandomGenerator random;

  public IdSource(Clock clock, RandomGenerator random) {
    this.clock = clock;
    this.random = random;
  }

  /// A new ULID.
  public Ulid next() {
    return Ulid.of(clock.instant(), random.nextLong(), random.nextLong());
  }
}
