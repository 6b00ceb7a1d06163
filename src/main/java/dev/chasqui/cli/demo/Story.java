package dev.chasqui.cli.demo;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// Prints what happens, with the time since the beginning.
public final class Story {

  private final PrintWriter out;
  private final Clock clock;
  private final Instant start;

  public Story(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
    this.start = clock.instant();
  }

  /// One thing that happened.
  void tell(String what, String came) {
    double seconds = Duration.between(start, clock.instant()).toMillis() / 1e3;
    String line = String.format(Locale.ROOT, "%6.1f s  %-42s %s", seconds, what, came);
    say(line.stripTrailing());
  }

  /// Prints a line without time or columns.
  public void say(String line) {
    out.println(line);
    out.flush();
  }
}
