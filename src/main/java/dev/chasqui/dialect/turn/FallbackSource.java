package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.EnvelopeBuilder;
import dev.chasqui.json.MalformedJsonException;
import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Via;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The bridge of a fallback channel as a source (seed 000): statuses and messages in the
/// on-premises shape, or one external message in that of Turn's events. All of it is marked as the
/// fallback channel's, so that it never counts as WhatsApp's.
///
/// Whether the bridge sent the header `x-turn-fallback-channel: 1` is noted as well: receivers of
/// Turn's dialect get it forwarded.
public final class FallbackSource implements SourceDialect {

  /// The source label.
  public static final String SOURCE = "fallback";

  @Override
  public String source() {
    return SOURCE;
  }

  @Override
  public String signatureHeader() {
    return TurnSourceSignature.HEADER;
  }

  @Override
  public boolean isSigned(Collection<SigningKey> keys, Bytes body, String header) {
    return TurnSourceSignature.verify(keys, body, header);
  }

  @Override
  public boolean names(String account, Bytes body, @Nullable String contentType) {
    return false;
  }

  @Override
  public Translation toEnvelope(Incoming webhook) {
    RawObject body;
    try {
      body = RawObject.of(RawObject.checked(webhook.body()));
    } catch (MalformedJsonException _) {
      return new Translation.NotAWebhook(Topic.INVALID_JSON);
    }
    EnvelopeBuilder envelope = new EnvelopeBuilder(webhook.channel(), Via.FALLBACK);
    if ("1".equals(webhook.header(TurnDialect.FALLBACK_HEADER))) {
      envelope.mark();
    }
    TurnSource.events(body, webhook, envelope);
    if (envelope.isEmpty()) {
      ExternalMessage.add(body, webhook, envelope);
    }
    return envelope.isEmpty()
        ? new Translation.NotAWebhook(Topic.INVALID_PAYLOAD)
        : new Translation.Envelope(envelope.bytes());
  }
}
