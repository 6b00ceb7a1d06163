package dev.chasqui.dialect.meta;

import dev.chasqui.model.Summary;
import dev.chasqui.model.Topic;
import org.jspecify.annotations.Nullable;

/// The result of scanning the bytes of a webhook.
public sealed interface Scan permits Envelope, Scan.InvalidJson, Scan.InvalidPayload {

  /// What the receiver of the webhook answers and stores about it.
  Summary summary();

  /// The bytes are no JSON document.
  ///
  /// @param reason what does not fit, and at which byte
  record InvalidJson(String reason) implements Scan {
    @Override
    public Summary summary() {
      return Summary.notAnEnvelope(Topic.INVALID_JSON, null);
    }
  }

  /// The document is no object, has another `object` than `whatsapp_business_account`, or its
  /// `entry` is no array.
  ///
  /// @param object what its `object` says, null if it has none that is text
  record InvalidPayload(@Nullable String object) implements Scan {
    @Override
    public Summary summary() {
      return Summary.notAnEnvelope(Topic.INVALID_PAYLOAD, object);
    }
  }
}
