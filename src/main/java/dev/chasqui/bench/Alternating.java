package dev.chasqui.bench;

import java.io.IOException;

/// Two loads in turns, so that what the machine does to one it does to the other: without, with,
/// without, with. The rounds of each are counted together, and those without stand in two halves
/// whose ratio says how much of a difference is nothing but noise.
final class Alternating {

  private static final double PERCENTILE = 0.99;

  private final Histogram evenRounds = new Histogram();
  private final Histogram oddRounds = new Histogram();
  private final Histogram without = new Histogram();
  private final Histogram with = new Histogram();

  @FunctionalInterface
  interface Round {
    /// The latencies that it had.
    Histogram run() throws IOException, InterruptedException;
  }

  /// @param rounds of each load, at least two
  static Alternating of(int rounds, Round without, Round with)
      throws IOException, InterruptedException {
    Alternating both = new Alternating();
    for (int i = 0; i < rounds; i++) {
      Histogram alone = without.run();
      both.without.add(alone);
      (i % 2 == 0 ? both.evenRounds : both.oddRounds).add(alone);
      both.with.add(with.run());
    }
    return both;
  }

  double withoutMillis() {
    return millis(without);
  }

  double withMillis() {
    return millis(with);
  }

  double ratio() {
    return withMillis() / withoutMillis();
  }

  /// The greater half of the rounds without, of the lesser: what a ratio of the same to itself is
  /// here.
  double noise() {
    double even = millis(evenRounds);
    double odd = millis(oddRounds);
    return Math.max(even, odd) / Math.min(even, odd);
  }

  /// The 99th percentile.
  static double millis(Histogram latencies) {
    return latencies.percentileNanos(PERCENTILE) / 1e6;
  }
}
