package dev.chasqui.bench;

import java.util.Arrays;

/// Counts of durations in buckets that are at most 0.2 % wide, from a nanosecond to more than an
/// hour. Written by one thread; to be read after that thread has been joined.
final class Histogram {

  /// Each power of two is divided into this many buckets.
  private static final int BITS = 9;

  private static final int SUB = 1 << BITS;

  private final long[] counts = new long[(64 - BITS) * SUB];
  private long total;
  private long max;

  void record(long nanos) {
    long value = Math.max(0, nanos);
    counts[bucket(value)]++;
    total++;
    max = Math.max(max, value);
  }

  /// Adds another's records.
  void add(Histogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    total += other.total;
    max = Math.max(max, other.max);
  }

  /// Forgets everything.
  void reset() {
    Arrays.fill(counts, 0);
    total = 0;
    max = 0;
  }

  long total() {
    return total;
  }

  long maxNanos() {
    return max;
  }

  /// The duration that the share of all records do not exceed, as the upper edge of its bucket; 0
  /// if there are no records.
  ///
  /// @param share from 0 to 1, for example 0.99
  long percentileNanos(double share) {
    long wanted = (long) Math.ceil(share * total);
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= wanted && seen > 0) {
        return Math.min(max, upperEdge(i));
      }
    }
    return max;
  }

  private static int bucket(long value) {
    if (value < SUB) {
      return (int) value;
    }
    int shift = 63 - Long.numberOfLeadingZeros(value) - BITS;
    return (shift + 1) * SUB + (int) ((value >>> shift) & (SUB - 1));
  }

  private static long upperEdge(int bucket) {
    if (bucket < SUB) {
      return bucket;
    }
    int shift = bucket / SUB - 1;
    return ((((long) bucket & (SUB - 1)) + SUB + 1) << shift) - 1;
  }
}
