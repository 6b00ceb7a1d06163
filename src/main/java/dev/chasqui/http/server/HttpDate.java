package dev.chasqui.http.server;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// The `Date` of answers, made once a second at most. Safe for use by many threads.
final class HttpDate {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final long SECOND_MILLIS = 1000;

  private final InstantSource clock;
  private volatile Made made = new Made(Long.MIN_VALUE, "");

  private record Made(long second, String text) {}

  HttpDate(InstantSource clock) {
    this.clock = clock;
  }

  String now() {
    long second = Math.floorDiv(clock.millis(), SECOND_MILLIS);
    Made last = made;
    if (last.second() != second) {
      last = new Made(second, FORMAT.format(clock.instant()));
      made = last;
    }
    return last.text();
  }
}
