package dev.chasqui.alerts;

import dev.chasqui.model.IdSource;
import dev.chasqui.testkit.MovedClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One watch at its post: it checks when it is told to, at a clock that is moved.
final class Post {

  static final Duration CALM = Duration.ofSeconds(30);
  private static final Pattern TYPE = Pattern.compile("\"type\":\"alert\\.([a-z]+)\"");
  private static final Pattern CONDITION = Pattern.compile("\"condition\":\"([a-z]+)\"");
  private static final int MOST_NOTICES = 1_000;

  final MovedClock clock = new MovedClock();
  final MemoryAlerts store = new MemoryAlerts();
  private final IdSource ids = new IdSource(clock, new Random(3));
  private Incidents incidents = incidents();

  private Incidents incidents() {
    Notices notices = new Notices(store, ids, MOST_NOTICES);
    return new Incidents(store, notices, ids, CALM);
  }

  /// Forgets all that is not stored.
  void restart() {
    incidents = incidents();
    incidents.load(clock.instant());
  }

  void check(Watch watch) {
    incidents.compare(watch.check(clock.instant(), incidents), clock.instant());
  }

  /// Checks again and again, with a pause before each check.
  void check(Watch watch, Duration pause, int times) {
    for (int i = 0; i < times; i++) {
      clock.move(pause);
      check(watch);
    }
  }

  /// What was told so far, for example `raised failing`.
  List<String> told() {
    return store.notices.stream()
        .map(it -> first(TYPE, it.body()) + " " + first(CONDITION, it.body()))
        .toList();
  }

  private static String first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
