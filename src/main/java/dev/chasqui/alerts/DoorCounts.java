package dev.chasqui.alerts;

import java.util.HashMap;
import java.util.Map;

/// Counts between two looks, by door. Doors are few: a workspace's sources. Guarded by its own
/// lock.
final class DoorCounts {

  private static final int MOST_DOORS = 10_000;

  private Map<Door, Long> counts = new HashMap<>();

  synchronized void add(Door door) {
    if (counts.size() < MOST_DOORS || counts.containsKey(door)) {
      counts.merge(door, 1L, Long::sum);
    }
  }

  /// What was counted since the last time.
  synchronized Map<Door, Long> drain() {
    Map<Door, Long> drained = counts;
    counts = new HashMap<>();
    return drained;
  }
}
