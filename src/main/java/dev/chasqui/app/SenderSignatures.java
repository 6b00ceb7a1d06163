package dev.chasqui.app;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.SourceDialects;
import dev.chasqui.dialect.turn.FallbackSource;
import dev.chasqui.ingress.SourceAccounts;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Fact.WebhookReceived;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Checks recorded webhooks of senders other than Meta again, with the secrets of now.
final class SenderSignatures {

  private final SourceAccounts accounts;
  private final SourceDialects dialects;

  SenderSignatures(SourceAccounts accounts, SourceDialects dialects) {
    this.accounts = accounts;
    this.dialects = dialects;
  }

  /// Whether a webhook's signature is right, and its account takes a signature as proof.
  boolean isSigned(WebhookReceived received, Instant now) {
    Fact.ChannelOrigin channelOrigin = Objects.requireNonNull(received.origin().channelOrigin());
    if (received.origin().source().equals(FallbackSource.SOURCE)) {
      // A bridge proves itself by what it was told, not by a signature.
      return false;
    }
    DialectName source = DialectName.ofWire(received.origin().source());
    SourceAccount account = accounts.find(source, channelOrigin.channel().id());
    boolean isTaken =
        account != null
            && account.workspace().equals(received.origin().workspace())
            && account.admission().modes().contains(AuthenticationMode.SIGNATURE);
    if (account == null || !isTaken) {
      return false;
    }
    SourceDialect dialect = dialects.get(received.origin().source());
    List<SigningKey> keys =
        account.access().signingSecrets(now).stream().map(SigningKey::of).toList();
    String header = received.head().first(dialect.signatureHeader());
    return header != null && dialect.isSigned(keys, received.body(), header);
  }
}
