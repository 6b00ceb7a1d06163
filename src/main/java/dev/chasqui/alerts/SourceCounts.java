package dev.chasqui.alerts;

import java.util.HashMap;
import java.util.Map;

/// Counts between two checks, by source. Sources are few: each workspace has some. Guarded by its
/// own lock.
final class SourceCounts {

  private static final int MOST_SOURCES = 10_000;

  private Map<WorkspaceSource, Long> counts = new HashMap<>();

  synchronized void add(WorkspaceSource source) {
    if (counts.size() < MOST_SOURCES || counts.containsKey(source)) {
      counts.merge(source, 1L, Long::sum);
    }
  }

  /// The counts since the last call.
  synchronized Map<WorkspaceSource, Long> drain() {
    Map<WorkspaceSource, Long> drained = counts;
    counts = new HashMap<>();
    return drained;
  }
}
