package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Topic;

/// The result of translating a webhook of a source other than Meta.
public sealed interface Translation {

  /// A webhook.
  ///
  /// @param body an envelope of Meta's that says the same
  record Envelope(Bytes body) implements Translation {}

  /// No webhook of the source.
  ///
  /// @param topic [Topic#INVALID_JSON] if the bytes do not parse, [Topic#INVALID_PAYLOAD] if they
  ///   say nothing that the source says
  record NotAWebhook(Topic topic) implements Translation {
    public NotAWebhook {
      if (topic.isEnvelope()) {
        throw new IllegalArgumentException("this is a topic of webhooks: " + topic.wire());
      }
    }
  }
}
