package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.SourceText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Numbers that the platform writes now as numbers, now as text.
final class PlatformNumbers {

  /// The last second of the year 9999; what is later, or not after 1970's first second, is no time.
  private static final long LAST_SECOND = 253_402_300_799L;

  private PlatformNumbers() {}

  /// A phone number in digits, whatever stands between them; what is none stays, and what is blank
  /// is null.
  static @Nullable String phoneNumber(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    boolean isDigits = text.chars().allMatch(c -> c >= '0' && c <= '9');
    return isDigits ? text : SourceText.digits(text);
  }

  static long wholeOr(@Nullable String text, long otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  /// A time in Unix seconds, null if the text is none.
  static @Nullable Instant instant(@Nullable String seconds) {
    long second = wholeOr(seconds, 0);
    return second > 0 && second <= LAST_SECOND ? Instant.ofEpochSecond(second) : null;
  }
}
