package dev.chasqui.app;

import dev.chasqui.delivery.Payload;
import dev.chasqui.store.ProjectionStore.Source;
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

  private final SequencedMap<Source, WeakReference<Payload>> bySource = new LinkedHashMap<>();

  /// The payload of an event, null if nobody holds it.
  synchronized @Nullable Payload get(Source source) {
    WeakReference<Payload> kept = bySource.get(source);
    return kept == null ? null : kept.get();
  }

  synchronized void put(Source source, Payload payload) {
    bySource.putLast(source, new WeakReference<>(payload));
    if (bySource.size() > MAX) {
      bySource.pollFirstEntry();
    }
  }
}
