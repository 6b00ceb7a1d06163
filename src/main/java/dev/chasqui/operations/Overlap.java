package dev.chasqui.operations;

import java.time.DateTimeException;
import java.time.Duration;

/// For how long a former secret stays valid beside the new one.
public final class Overlap {

  public static final Duration DEFAULT = Duration.ofHours(24);
  public static final Duration MAX = Duration.ofDays(30);

  private Overlap() {}

  /// @throws IllegalArgumentException if the text is no duration from nothing to 30 days
  public static Duration parse(String text) {
    try {
      Duration overlap = Duration.parse(text);
      if (!overlap.isNegative() && overlap.compareTo(MAX) <= 0) {
        return overlap;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be an ISO-8601 duration such as PT24H", e);
    }
    throw new IllegalArgumentException("must be from PT0S to P30D");
  }
}
