package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.AlertStore.NumberHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Phone numbers that are silent and never were at this time of the week. Of each number the
/// webhooks of each hour are counted ([HourCounts]). While it is silent, what should have come by
/// now is added up, hour by hour; when that is enough and the silence long enough, it is worth an
/// alert. The first webhook ends both.
///
/// Time in which the gateway was down, or was behind with its projection, counts as no silence: it
/// says nothing of the number.
final class SilenceWatch implements Watch {

  private static final Duration EVALUATE_EVERY = Duration.ofSeconds(60);
  private static final long HOUR_SECONDS = 3_600;

  /// How many stored counts are read at once.
  private static final int PORTION = 10_000;

  /// A longer pause between two checks is a gap of ours.
  private static final Duration GAP = Duration.ofHours(2);

  private final AlertStore store;
  private final AlertSettings.Silence settings;
  private final Map<Phone, State> numbers = new HashMap<>();
  private final Object lock = new Object();
  private Map<Phone, Long> told = new HashMap<>();
  private @Nullable Instant evaluated;

  SilenceWatch(AlertStore store, AlertSettings.Silence settings) {
    this.store = store;
    this.settings = settings;
  }

  /// A phone number's id, in the workspace that received it.
  record Phone(WorkspaceId workspace, String id) {}

  private static final class State {
    final HourCounts hours;
    Instant silentSince;
    double missing;
    boolean isHeard;

    State(HourCounts hours, Instant now) {
      this.hours = hours;
      this.silentSince = now;
    }
  }

  void heard(Phone number) {
    synchronized (lock) {
      if (told.size() < settings.numbers() || told.containsKey(number)) {
        told.merge(number, 1L, Long::sum);
      }
    }
  }

  /// Takes over what an earlier life counted.
  void load(Instant now) {
    numbers.clear();
    long from = hour(now) - HourCounts.WEEK * (HourCounts.WEEKS + 1L);
    NumberHour last = null;
    List<NumberHour> rows;
    do {
      rows = store.hours(from, last, PORTION);
      for (NumberHour row : rows) {
        last = row;
        State state = state(new Phone(row.workspace(), row.phoneNumberId()), row.hour(), now);
        if (state != null) {
          state.hours.add(row.hour(), row.webhooks());
        }
      }
    } while (rows.size() == PORTION);
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    boolean isDue = evaluated == null || !evaluated.plus(EVALUATE_EVERY).isAfter(now);
    if (isDue) {
      count(now);
      addUp(now);
      evaluated = now;
    }
    List<Finding> findings = new ArrayList<>();
    numbers.forEach(
        (number, state) -> {
          Alert former = open.of(Kind.NUMBER_SILENT, subject(number));
          Duration silent = Duration.between(state.silentSince, now);
          boolean isSilent =
              state.missing >= settings.expected() && silent.compareTo(settings.atLeast()) >= 0;
          boolean isStill = former != null && !state.isHeard;
          if (isSilent && (former == null || isStill)) {
            findings.add(finding(number, silent, state.missing));
          } else if (former != null && isStill) {
            // After a restart the counting begins anew.
            findings.add(Finding.still(former));
          }
        });
    return findings;
  }

  /// Says that the time since the last check tells nothing.
  void skip(Instant now) {
    evaluated = now;
  }

  private void count(Instant now) {
    Map<Phone, Long> counted;
    synchronized (lock) {
      counted = told;
      told = new HashMap<>();
    }
    List<NumberHour> rows = new ArrayList<>(counted.size());
    counted.forEach(
        (number, webhooks) ->
            rows.add(new NumberHour(number.workspace(), number.id(), hour(now), webhooks)));
    counted.forEach(
        (number, webhooks) -> {
          State state = state(number, hour(now), now);
          if (state != null) {
            state.hours.add(hour(now), webhooks);
            state.silentSince = now;
            state.missing = 0;
            state.isHeard = true;
          }
        });
    numbers.forEach(
        (number, state) -> state.isHeard = state.isHeard && counted.containsKey(number));
    // Last: if the store fails, these counts are lost to the next life, but nobody is called
    // silent who was heard.
    store.addHours(rows);
  }

  private @Nullable State state(Phone number, long firstHour, Instant now) {
    State known = numbers.get(number);
    if (known == null && numbers.size() < settings.numbers()) {
      known = new State(new HourCounts(firstHour), now);
      numbers.put(number, known);
    }
    return known;
  }

  /// What should have come since the last time, in the hours it falls into.
  private void addUp(Instant now) {
    Instant from = evaluated;
    if (from == null || Duration.between(from, now).compareTo(GAP) > 0) {
      numbers.values().forEach(state -> state.silentSince = now);
      return;
    }
    for (State state : numbers.values()) {
      if (!state.isHeard) {
        state.missing += missing(state.hours, from, now);
      }
    }
  }

  private static double missing(HourCounts hours, Instant from, Instant to) {
    double sum = 0;
    for (long hour = hour(from); hour <= hour(to); hour++) {
      long begin = Math.max(from.getEpochSecond(), hour * HOUR_SECONDS);
      long end = Math.min(to.getEpochSecond(), (hour + 1) * HOUR_SECONDS);
      sum += hours.promise(hour) * (double) (end - begin) / HOUR_SECONDS;
    }
    return sum;
  }

  private static long hour(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS);
  }

  private static String subject(Phone number) {
    return number.workspace().value() + "/" + number.id();
  }

  private static Finding finding(Phone number, Duration silent, double missing) {
    String summary =
        "phone number id %s is silent for %s; in the weeks before, at least %s came at this time"
            .formatted(
                number.id(),
                Count.of(silent.toMinutes(), "minute", "minutes"),
                Count.of((long) missing, "webhook", "webhooks"));
    Map<String, String> details =
        Map.of(
            "phoneNumberId", number.id(),
            "silentSeconds", Long.toString(silent.toSeconds()),
            "expected", Long.toString((long) missing));
    return new Finding(
        number.workspace(),
        new Finding.Topic(Kind.NUMBER_SILENT, subject(number)),
        "silent",
        new Alert.Words(Severity.CRITICAL, summary, details),
        Duration.ZERO);
  }
}
