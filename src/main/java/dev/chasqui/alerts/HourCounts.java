package dev.chasqui.alerts;

import java.util.Arrays;

/// The hourly counts of one phone number over the last four weeks, and what they promise for an
/// hour. The promise is modest on purpose: of the same hour in the weeks before, the least but one
/// if there are four, the least if there are fewer, nothing if there are not even two. So a
/// campaign's burst promises nothing, and neither does one holiday or outage take a promise away.
final class HourCounts {

  static final int WEEK = 168;
  static final int WEEKS = 4;
  private static final int LEAST_WEEKS = 2;

  /// Four weeks, the hour that is running, and one for the border.
  private static final int SLOTS = WEEKS * WEEK + 2;

  private final int[] counts = new int[SLOTS];
  private final long firstHour;
  private long lastHour;

  HourCounts(long firstHour) {
    this.firstHour = firstHour;
    this.lastHour = firstHour;
  }

  /// Adds to an hour; what is older than the slots is left out.
  void add(long hour, long webhooks) {
    for (; lastHour < hour; lastHour++) {
      counts[slot(lastHour + 1)] = 0;
    }
    if (hour > lastHour - SLOTS && hour >= firstHour) {
      long sum = counts[slot(hour)] + webhooks;
      counts[slot(hour)] = (int) Math.min(sum, Integer.MAX_VALUE);
    }
  }

  /// How many webhooks an hour should bring at the least.
  int promise(long hour) {
    int weeks = (int) Math.min(WEEKS, (hour - firstHour) / WEEK);
    if (weeks < LEAST_WEEKS) {
      return 0;
    }
    int[] same = new int[weeks];
    for (int i = 0; i < weeks; i++) {
      same[i] = at(hour - (long) (i + 1) * WEEK);
    }
    Arrays.sort(same);
    return same[weeks == WEEKS ? 1 : 0];
  }

  private int at(long hour) {
    boolean isKept = hour <= lastHour && hour > lastHour - SLOTS;
    return isKept ? counts[slot(hour)] : 0;
  }

  private static int slot(long hour) {
    return (int) Math.floorMod(hour, (long) SLOTS);
  }
}
