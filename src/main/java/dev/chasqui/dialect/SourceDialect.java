package dev.chasqui.dialect;

import dev.chasqui.model.Bytes;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// A wire language in which webhooks come in, other than Meta's. Inside the gateway there is one
/// form, Meta's envelope; a source dialect translates into it. A pure function: no I/O, no clock,
/// safe for use by many threads; the same input gives the same bytes for ever, since events are
/// translated again whenever they are projected, delivered or replayed.
public interface SourceDialect {

  /// The source label of its webhooks, for example `turn`.
  String source();

  /// Translates a webhook. Whatever the bytes are, nothing is thrown; an envelope that is given is
  /// one that the envelope scanner takes.
  ///
  /// Message ids stay as they are. What the source says and Meta has no words for stays where it
  /// stood, as a further member; an event that is unknown becomes a change that carries it whole.
  Translation toEnvelope(Incoming webhook);

  /// The header that holds a webhook's signature.
  String signatureHeader();

  /// Whether a header's value is the signature of the raw body under one of the keys. Takes the
  /// same time whatever differs.
  boolean isSigned(Collection<SigningKey> keys, Bytes body, String header);

  /// Whether a webhook says itself that it is about the account.
  boolean names(String account, Bytes body, @Nullable String contentType);
}
