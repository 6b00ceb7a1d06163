package dev.chasqui.app;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Values of a label, so many at most: those that come later are told as `other`. Safe for use by
/// many threads.
final class BoundedLabels<K> {

  private static final String OTHER = "other";

  private final int max;
  private final ConcurrentMap<K, String> known = new ConcurrentHashMap<>();

  BoundedLabels(int max) {
    this.max = max;
  }

  String of(K id) {
    String label = known.get(id);
    if (label != null) {
      return label;
    }
    return known.size() >= max ? OTHER : known.computeIfAbsent(id, String::valueOf);
  }

  /// Whether it is told by itself.
  boolean isOwn(K id) {
    return !of(id).equals(OTHER);
  }
}
