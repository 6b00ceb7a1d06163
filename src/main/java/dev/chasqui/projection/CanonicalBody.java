package dev.chasqui.projection;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.Translation;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.Bytes;

/// A webhook's body in the form that everything behind the door works on: Meta's envelope. Meta's
/// own webhooks are in it already and cost nothing.
public final class CanonicalBody {

  private final SourceDialects sources;

  public CanonicalBody(SourceDialects sources) {
    this.sources = sources;
  }

  /// The dialects that it understands.
  public SourceDialects sources() {
    return sources;
  }

  /// The envelope of a recorded webhook.
  ///
  /// @throws IllegalArgumentException if it is no webhook of its source
  public Bytes of(Fact.WebhookReceived received) {
    Fact.Passage passage = received.door().passage();
    if (passage == null) {
      return received.body();
    }
    Incoming incoming =
        new Incoming(received.body(), received.head()::first, received.at(), passage.channel());
    return switch (sources.get(received.door().source()).toEnvelope(incoming)) {
      case Translation.Envelope(Bytes envelope) -> envelope;
      case Translation.NotAWebhook(var topic) ->
          throw new IllegalArgumentException("the body is no webhook: " + topic.wire());
    };
  }
}
