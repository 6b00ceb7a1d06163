package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Bad signatures: so many of one door within so long, or fewer if there is no good one among them,
/// as when the secret is wrong and little comes. It is over when a quarter of that is left.
final class SignatureWatch implements Watch {

  private final AlertSettings.Signatures settings;
  private final DoorCounts told = new DoorCounts();
  private final DoorCounts toldGood = new DoorCounts();
  private final Map<Door, Instant> lastGood = new HashMap<>();
  private final Map<Door, Deque<Portion>> recent = new HashMap<>();
  private boolean hasLooked;

  SignatureWatch(AlertSettings.Signatures settings) {
    this.settings = settings;
  }

  /// So many bad ones, seen at a look.
  private record Portion(Instant at, long count) {}

  void bad(Door door) {
    told.add(door);
  }

  void good(Door door) {
    toldGood.add(door);
  }

  @Override
  public List<Finding> look(Instant now, Open open) {
    if (!hasLooked) {
      // What was counted before a restart is gone: an open alert's time begins anew.
      open.of(Kind.SIGNATURES_BAD).forEach(it -> add(Door.of(it), now, settings.count()));
      hasLooked = true;
    }
    toldGood.drain().keySet().forEach(door -> lastGood.put(door, now));
    lastGood.values().removeIf(at -> !at.plus(settings.within()).isAfter(now));
    Map<Door, Long> fresh = told.drain();
    fresh.forEach((door, count) -> add(door, now, count));
    List<Finding> findings = new ArrayList<>();
    recent.forEach(
        (door, portions) -> {
          portions.removeIf(it -> !it.at().plus(settings.within()).isAfter(now));
          long count = portions.stream().mapToLong(Portion::count).sum();
          Alert former = open.of(Kind.SIGNATURES_BAD, door.toString());
          boolean isOpen = former != null;
          long enough = lastGood.containsKey(door) ? settings.count() : settings.all();
          if (count >= (isOpen ? Math.max(1, enough / 4) : enough)) {
            long all =
                former == null ? count : Count.of(former, "count") + fresh.getOrDefault(door, 0L);
            findings.add(finding(door, all, lastGood.containsKey(door)));
          }
        });
    recent.values().removeIf(Deque::isEmpty);
    return findings;
  }

  private void add(Door door, Instant now, long count) {
    recent.computeIfAbsent(door, _ -> new ArrayDeque<>()).add(new Portion(now, count));
  }

  private Finding finding(Door door, long count, boolean hasGood) {
    String summary =
        ("%s of %s had a bad signature%s. They are kept: set the right secret and have them"
                + " verified again")
            .formatted(
                Count.of(count, "webhook", "webhooks"),
                door,
                hasGood ? "" : ", and none a good one");
    Map<String, String> details =
        Map.of(
            "source", door.source(),
            "count", Long.toString(count),
            "within", settings.within().toString());
    return new Finding(
        door.workspace(),
        new Finding.Topic(Kind.SIGNATURES_BAD, door.toString()),
        "burst",
        new Alert.Words(Severity.CRITICAL, summary, details),
        Duration.ZERO);
  }
}
