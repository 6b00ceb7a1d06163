package dev.chasqui.ingress;

import dev.chasqui.dialect.Incoming;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.Translation;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.journal.Fact;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.AuthenticationMode.Check;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.SourceAccount;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Summary;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Webhooks of senders other than Meta: the path names an account, the account lists the proofs it
/// takes, the body is in the sender's dialect.
final class AccountWebhooks implements WebhookSource {

  /// The name in the path of what the account is called by its sender.
  static final String ID = "id";

  private final DialectName name;
  private final SourceDialect dialect;
  private final SourceContext context;
  private final Authenticate authenticate;

  AccountWebhooks(SourceDialect dialect, SourceContext context) {
    this.name = DialectName.ofWire(dialect.source());
    this.dialect = dialect;
    this.context = context;
    this.authenticate = new Authenticate(dialect);
  }

  @Override
  public String source() {
    return dialect.source();
  }

  /// The account that the path names, null if there is none.
  @Nullable SourceAccount account(Request request) {
    return context.senders().accounts().find(name, request.parameter(ID));
  }

  @Override
  public @Nullable SourceCheck check(Request request, Instant now) {
    SourceAccount account = account(request);
    if (account == null) {
      return null;
    }
    AuthenticationMode passed = authenticate.passed(account, request, now);
    return new SourceCheck(
        account.workspace(),
        passed != null && passed.uses(Check.SIGNATURE),
        new Fact.ChannelOrigin(passed == null ? null : passed.text(), account.channel()));
  }

  @Override
  public boolean lacksProof(Request head) {
    SourceAccount account = account(head);
    return account == null
        || (head.headers().first(dialect.signatureHeader()) == null
            && takesOnlySignatures(account));
  }

  private static boolean takesOnlySignatures(SourceAccount account) {
    return account.admission().modes().stream().allMatch(mode -> mode.uses(Check.SIGNATURE));
  }

  /// False if the account also accepts another authentication than a signature: then the missing
  /// secret is not the only possible cause.
  @Override
  public boolean lacksSecret(SourceCheck check, Instant now) {
    Fact.ChannelOrigin channelOrigin = check.channelOrigin();
    SourceAccount account =
        channelOrigin == null
            ? null
            : context.senders().accounts().find(name, channelOrigin.channel().id());
    return account != null
        && account.access().signingSecrets(now).isEmpty()
        && takesOnlySignatures(account);
  }

  @Override
  public Response notFound(Request request) {
    return WebhookAnswers.error(404, "no_such_account");
  }

  @Override
  public Summary summary(Request request, SourceCheck check, Instant now) {
    Fact.ChannelOrigin channelOrigin = check.channelOrigin();
    SourceChannel channel =
        channelOrigin == null
            ? new SourceChannel(request.parameter(ID), null, null, null)
            : channelOrigin.channel();
    Incoming incoming = new Incoming(request.body(), request.headers()::first, now, channel);
    return summary(dialect, incoming);
  }

  /// The summary of a body after its translation to Meta's envelope.
  static Summary summary(SourceDialect dialect, Incoming incoming) {
    return switch (dialect.toEnvelope(incoming)) {
      case Translation.Envelope(Bytes envelope) -> EnvelopeScanner.scan(envelope).summary();
      case Translation.NotAWebhook(var topic) -> Summary.notAnEnvelope(topic, null);
    };
  }

  @Override
  public String recorded(Query query) {
    return RecordedQuery.of(query);
  }
}
