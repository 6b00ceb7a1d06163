package dev.chasqui.operations.shape;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/// Times as callers write them.
public final class Times {

  /// What every store and every part of the code can reckon with.
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LAST = Instant.parse("+10000-01-01T00:00:00Z");

  private Times() {}

  /// Reads a time, ISO-8601 with an offset. It must be one that the store can hold.
  ///
  /// @throws IllegalArgumentException with a reason for people if the text is none
  public static Instant instant(String text) {
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      if (!time.isBefore(FIRST) && time.isBefore(LAST)) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("must be a time such as 2026-01-31T09:00:00Z", e);
    }
    throw new IllegalArgumentException("must be a time of the years 0000 to 9999");
  }
}
