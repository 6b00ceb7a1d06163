package dev.chasqui.app;

import dev.chasqui.delivery.Payload;
import dev.chasqui.store.ProjectionStore.Source;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Payloads that were read from the journal and are still in use: retries of one event come
/// together, and one reading serves all of them. The references are weak, so it keeps nothing
/// alive, and the oldest are dropped. Its lock guards the references.
final class RecentPayloads {

  /// The most references that are kept.
  static final int MAX = 256;

  private final SequencedMap<Source, WeakReference<Payload>> bySource = new LinkedHashMap<>();

  /// The payload of an event, null if it is not in use.
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
