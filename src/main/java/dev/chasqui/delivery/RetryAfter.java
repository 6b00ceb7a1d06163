package dev.chasqui.delivery;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// The header `Retry-After`: seconds, or an HTTP date (RFC 9110, 10.2.3).
final class RetryAfter {

  /// The most digits of a number of seconds; a longer wait is not honoured.
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /// How long to wait, not negative; empty if the header says nothing that can be understood.
  static Optional<Duration> parse(String header, Instant now) {
    String text = header.strip();
    if (isSeconds(text)) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    return date(text).map(at -> at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
  }

  private static boolean isSeconds(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
