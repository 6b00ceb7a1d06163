package dev.chasqui.app;

import dev.chasqui.delivery.Facts;
import dev.chasqui.delivery.Payload;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.model.Bytes;
import dev.chasqui.projection.CanonicalBody;
import org.jspecify.annotations.Nullable;

/// Leads the dispatcher to the journal.
final class JournalFacts implements Facts {

  private static final String SIGNATURE = "X-Hub-Signature-256";
  private static final String JSON = "application/json";

  private final Journal journal;
  private final CanonicalBody bodies;
  private final RecentPayloads recent = new RecentPayloads();

  JournalFacts(Journal journal, CanonicalBody bodies) {
    this.journal = journal;
    this.bodies = bodies;
  }

  @Override
  public @Nullable Payload load(long position) {
    Payload inUse = recent.get(position);
    if (inUse != null) {
      return inUse;
    }
    if (!(fact(position) instanceof WebhookReceived received)) {
      return null;
    }
    Payload loaded = payload(received, bodies);
    recent.put(position, loaded);
    return loaded;
  }

  @Override
  public @Nullable Bytes encoded(long position) {
    Fact fact = fact(position);
    return fact == null ? null : FactCodec.encode(fact, 0);
  }

  @Override
  public Payload decode(Bytes encoded) {
    try {
      if (FactCodec.decode(encoded) instanceof WebhookReceived received) {
        return payload(received, bodies);
      }
    } catch (JournalException e) {
      throw new IllegalArgumentException("not a fact", e);
    }
    throw new IllegalArgumentException("not a webhook");
  }

  /// What deliveries of a webhook are made from. A translated one has no signature of Meta's.
  static Payload payload(WebhookReceived received, CanonicalBody bodies) {
    boolean isMetas = received.door().passage() == null;
    return new Payload(
        received.door().workspace(),
        received.eventId(),
        received.at(),
        bodies.of(received),
        isMetas ? received.head().first("Content-Type") : JSON,
        isMetas ? received.head().first(SIGNATURE) : null);
  }

  private @Nullable Fact fact(long position) {
    try {
      return journal.readAt(position).fact();
    } catch (JournalException e) {
      return switch (e.kind()) {
        case GONE, DAMAGED -> null;
        case IO, UNUSABLE -> throw e;
      };
    }
  }
}
