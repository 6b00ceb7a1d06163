package dev.chasqui.projection;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.Submissions;
import dev.chasqui.journal.Fact;
import dev.chasqui.json.AsciiJson;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// A webhook's body in the form that everything behind the ingress works on: Meta's envelope.
/// Meta's own webhooks are in it already and cost nothing.
public final class CanonicalBody {

  /// By which Turn's clients name the message that they answer.
  private static final String IN_REPLY_TO = "X-Turn-In-Reply-To";

  private final SourceDialects sources;
  private final Recipients recipients;

  public CanonicalBody(SourceDialects sources) {
    this(sources, (_, _) -> null);
  }

  public CanonicalBody(SourceDialects sources, Recipients recipients) {
    this.sources = sources;
    this.recipients = recipients;
  }

  /// Finds messages that were sent through the gateway.
  @FunctionalInterface
  public interface Recipients {

    /// Whom a message went to, a number or a user id; null if that is not known. Asked for statuses
    /// of fallback bridges alone; may read the store.
    @Nullable String of(WorkspaceId workspace, String messageId);
  }

  /// The dialects that it understands.
  public SourceDialects sources() {
    return sources;
  }

  /// The envelope of an event.
  ///
  /// @throws IllegalArgumentException if it is a webhook, but none of its source
  public Bytes of(Fact.Event event) {
    return switch (event) {
      case Fact.WebhookReceived received -> of(received);
      case Fact.MessageSubmitted(var request, var sending) ->
          Submissions.envelope(
              channel(request),
              request.at(),
              sending,
              request.body(),
              request.head().first(IN_REPLY_TO));
    };
  }

  private static SourceChannel channel(Fact.WebhookReceived request) {
    Fact.ChannelOrigin channelOrigin = request.origin().channelOrigin();
    if (channelOrigin == null) {
      throw new IllegalArgumentException("a message that was sent from no number");
    }
    return channelOrigin.channel();
  }

  private Bytes of(Fact.WebhookReceived received) {
    Fact.ChannelOrigin channelOrigin = received.origin().channelOrigin();
    if (channelOrigin == null) {
      return received.body();
    }
    Incoming incoming =
        new Incoming(
            received.body(),
            received.head()::first,
            received.at(),
            channelOrigin.channel(),
            id -> recipients.of(received.origin().workspace(), id));
    return switch (sources.get(received.origin().source()).toEnvelope(incoming)) {
      // Receivers of the dialect meta get it as Meta would have written it.
      case Translation.Envelope(Bytes envelope) -> AsciiJson.of(envelope);
      case Translation.NotAWebhook(var topic) ->
          throw new IllegalArgumentException("the body is no webhook: " + topic.wire());
    };
  }
}
