package dev.chasqui.ingress;

import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.http.server.LoginCheck;
import dev.chasqui.http.server.LoopHandler;
import dev.chasqui.http.server.Routes;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// The public routes: GET and POST of `/webhooks/whatsapp` and `/webhooks/meta`, for the default
/// workspace and, below `/w/{workspace}`, for each; and those of Turn's channels and Exotel's
/// accounts, which belong to a workspace themselves; and those of fallback channels.
public final class Ingress {

  private final SourceContext context;
  private final IngressParts parts;

  /// @param random for request ids, which need not be secret
  public Ingress(
      IngressSettings settings,
      Journal journal,
      SourceContext context,
      Clock clock,
      RandomGenerator random) {
    this.context = context;
    RejectQuota quota = new RejectQuota(settings.guard().bytes(), journal);
    this.parts =
        new IngressParts(
            settings,
            journal,
            new DedupWindow(settings.dedup().window()),
            new Guard(settings.guard(), quota, clock),
            clock,
            new IdSource(clock, random),
            random);
  }

  /// Fills the window of recent bodies from the journal's tail; before the first request.
  public void refill() {
    parts.window().refill(parts.journal(), parts.settings().dedup());
  }

  /// Looks how much room there is for requests that fail verification; once every few seconds.
  public void refresh() {
    parts.guard().quota().refresh();
  }

  /// Whether such requests are refused because the journal has no room for more of them.
  public boolean isShortOfRejectQuota() {
    return parts.guard().quota().shortOf() != null;
  }

  /// Bytes of such requests in the journal.
  public long rejectedBytes() {
    return parts.guard().quota().keptBytes();
  }

  /// The counts of such requests in the journal, as text for [#restoreRejects].
  public String savedRejects() {
    return parts.guard().quota().saved();
  }

  /// Takes up what was known when the process ended; before the first request.
  public void restoreRejects(String saved) {
    parts.guard().quota().restore(saved);
  }

  /// Adds the webhook routes to a listener's.
  public void addTo(Routes routes) {
    routes.logins(new LoginCheck(context.logins(), answer -> answer.status() == 400));
    for (String source : new String[] {"whatsapp", "meta"}) {
      ReceiveWebhook receive = receive(new MetaWebhooks(source, context));
      AnswerHandshake handshake = AnswerHandshake.ofMeta(source, context, parts.clock());
      for (String prefix : new String[] {"", "/w/{workspace}"}) {
        String path = prefix + "/webhooks/" + source;
        post(routes, path, receive);
        routes.get(path, handshake);
      }
    }
    context.senders().dialects().find(DialectName.TURN).ifPresent(it -> addTurn(routes, it));
    context.senders().dialects().find(DialectName.EXOTEL).ifPresent(it -> addExotel(routes, it));
    context
        .senders()
        .dialects()
        .find(FallbackWebhooks.SOURCE)
        .ifPresent(it -> addFallback(routes, it));
    routes.logins(null);
  }

  /// The bridges of fallback channels: with a channel's uuid in the path, or a token.
  private void addFallback(Routes routes, SourceDialect dialect) {
    post(routes, "/api/whatsapp/{uuid}", receive(FallbackWebhooks.ofUuid(dialect, bridges())));
    LoginCheck tokens = new LoginCheck(context.logins(), bridges()::isOfWrongToken);
    LoopHandler events = receive(FallbackWebhooks.ofToken(dialect, bridges()));
    post(routes, "/v1/events", tokens.before(events));
  }

  private FallbackSenders bridges() {
    return context.senders().bridges();
  }

  private void addTurn(Routes routes, SourceDialect dialect) {
    post(routes, "/webhooks/turn/{id}", receive(new AccountWebhooks(dialect, context)));
  }

  private void addExotel(Routes routes, SourceDialect dialect) {
    AccountWebhooks exotel = new AccountWebhooks(dialect, context);
    VerifyExotel receive = new VerifyExotel(exotel, context, receive(exotel));
    AnswerHandshake handshake = AnswerHandshake.ofAccount(exotel, context.events());
    for (String suffix : new String[] {"", "/incoming", "/status"}) {
      String path = "/webhooks/exotel/{id}" + suffix;
      post(routes, path, receive);
      routes.get(path, handshake);
    }
  }

  private ReceiveWebhook receive(WebhookSource source) {
    return new ReceiveWebhook(source, context.events(), parts);
  }

  private void post(Routes routes, String path, LoopHandler handler) {
    routes.onLoop("POST", path, parts.settings().maxBodyBytes(), handler);
  }
}
