package dev.chasqui.app;

import dev.chasqui.delivery.Payload;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Payloads that were read from the journal, as long as somebody holds them: retries of one event
/// come together, and one reading does for all of them. It keeps nothing alive by itself, and the
/// oldest of its references go. Its lock guards the references.
final class RecentPayloads {

  /// How many references are kept.
  static final int MAX = 256;

  private final SequencedMap<Long, WeakReference<Payload>> byPosition = new LinkedHashMap<>();

  /// The payload at a journal position, null if nobody holds it.
  synchronized @Nullable Payload get(long position) {
    WeakReference<Payload> kept = byPosition.get(position);
    return kept == null ? null : kept.get();
  }

  synchronized void put(long position, Payload payload) {
    byPosition.putLast(position, new WeakReference<>(payload));
    if (byPosition.size() > MAX) {
      byPosition.pollFirstEntry();
    }
  }
}
