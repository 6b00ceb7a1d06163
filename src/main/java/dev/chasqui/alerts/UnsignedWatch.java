package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Doors through which webhooks were processed that nothing proved the sender of. Over when none
/// came for a while.
final class UnsignedWatch implements Watch {

  private final Duration quiet;
  private final DoorCounts told = new DoorCounts();
  private final Map<Door, Instant> last = new HashMap<>();

  private boolean hasLooked;

  UnsignedWatch(Duration quiet) {
    this.quiet = quiet;
  }

  void unsigned(Door door) {
    told.add(door);
  }

  @Override
  public List<Finding> look(Instant now, Open open) {
    if (!hasLooked) {
      // After a restart the time that an open alert still has begins anew.
      open.of(Kind.SOURCE_UNSIGNED).forEach(alert -> last.put(Door.of(alert), now));
      hasLooked = true;
    }
    told.drain().keySet().forEach(door -> last.put(door, now));
    last.values().removeIf(at -> !at.plus(quiet).isAfter(now));
    return last.keySet().stream().map(UnsignedWatch::finding).toList();
  }

  private static Finding finding(Door door) {
    String summary =
        "webhooks of %s are processed without any proof of who sent them; anyone who knows the URL"
                .formatted(door)
            + " can send such";
    return new Finding(
        door.workspace(),
        new Finding.Topic(Kind.SOURCE_UNSIGNED, door.toString()),
        "unsigned",
        new Alert.Words(Severity.WARNING, summary, Map.of("source", door.source())),
        Duration.ZERO);
  }
}
