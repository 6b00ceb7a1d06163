package dev.chasqui.projection;

import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Notification;
import dev.chasqui.store.EventRow;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which numbers and accounts a rejected webhook says that it is about, so that it is found by
/// them: with a wrong secret nothing else tells that Meta did send. Nobody vouches for it, so it is
/// bounded, and nothing is learned from it.
final class RejectedScope {

  private static final EventRow.Scope NOWHERE = new EventRow.Scope(Set.of(), Set.of());
  private static final int MOST_IDS = 50;
  private static final int MOST_CHARS = 64;

  private RejectedScope() {}

  static EventRow.Scope of(Fact.Event event, CanonicalBody bodies) {
    if (!event.verdicts().summary().topic().isEnvelope()) {
      return NOWHERE;
    }
    try {
      return EnvelopeScanner.scan(bodies.of(event)) instanceof Envelope envelope
          ? of(envelope)
          : NOWHERE;
    } catch (RuntimeException _) {
      // Whatever is in it: it is not processed, and its row tells the rest.
      return NOWHERE;
    }
  }

  private static EventRow.Scope of(Envelope envelope) {
    Set<String> numbers = new HashSet<>();
    Set<String> wabas = new HashSet<>();
    for (Notification item : Notifications.of(envelope)) {
      add(numbers, item.origin().phoneNumberId());
      add(wabas, item.origin().wabaId());
    }
    return new EventRow.Scope(numbers, wabas);
  }

  private static void add(Set<String> ids, @Nullable String id) {
    boolean isUsable = id != null && !id.isBlank() && id.length() <= MOST_CHARS;
    if (isUsable && ids.size() < MOST_IDS) {
      ids.add(id);
    }
  }
}
