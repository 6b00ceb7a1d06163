package dev.chasqui.model;

import java.time.Duration;
import java.util.Arrays;

/// A histogram of times. Its buckets grow by the root of two, from a millisecond to a quarter of an
/// hour, so a time that is read from it is off by a fifth at most, and usually by much less: within
/// a bucket times are taken to be spread evenly.
public final class AnswerTimes {

  /// How many buckets there are; the last has no upper end.
  public static final int BUCKETS = 41;

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] counts = new long[BUCKETS];

  /// The bucket of a time.
  public static int bucket(Duration time) {
    double millis = time.toNanos() / NANOS_PER_MILLI;
    if (millis <= 1) {
      return 0;
    }
    double index = Math.ceil(2 * Math.log(millis) / Math.log(2));
    return (int) Math.min(index, BUCKETS - 1);
  }

  /// Adds so many times of a bucket; one that there is not is counted in the last.
  public void add(int bucket, long amount) {
    counts[bucket < 0 || bucket >= BUCKETS ? BUCKETS - 1 : bucket] += amount;
  }

  /// How many times there are.
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /// The time in milliseconds that this share of all is not above, at least 1; 0 if there are none.
  ///
  /// @param share above 0 and at most 1, such as 0.95
  public long quantile(double share) {
    double wanted = share * count();
    long below = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      if (counts[bucket] > 0 && below + counts[bucket] >= wanted) {
        double lower = bucket == 0 ? 0 : upper(bucket - 1);
        double part = (wanted - below) / counts[bucket];
        return Math.max(1, Math.round(lower + part * (upper(bucket) - lower)));
      }
      below += counts[bucket];
    }
    return 0;
  }

  private static double upper(int bucket) {
    return Math.pow(2, bucket / 2.0);
  }
}
