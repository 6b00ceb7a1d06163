package dev.chasqui.app;

import dev.chasqui.api.graph.GraphApi;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.api.turn.OnPremisesCodes;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpSender;
import dev.chasqui.messaging.MessagingEvents;
import dev.chasqui.messaging.MessagingPorts;
import dev.chasqui.messaging.MessagingSettings;
import dev.chasqui.messaging.SendMessage;
import dev.chasqui.messaging.Upstream;
import dev.chasqui.messaging.UpstreamAccess;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.SourceChannel;
import dev.chasqui.model.Version;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Metrics;
import dev.chasqui.operations.Secrets;
import dev.chasqui.projection.Projection;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.MessageKeys;
import dev.chasqui.settings.Settings;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Messages out, led to the journal, to what is known of earlier ones, and to upstream.
final class MessagesOut implements AutoCloseable {

  /// All addresses. The operator alone sets the upstream's URL, so no address of it is refused, and
  /// the rule for receivers need not be loosened for it.
  private static final List<Cidr> ANYWHERE = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

  private static final System.Logger LOG = System.getLogger(MessagesOut.class.getName());
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(5);

  private static final int TICKET_KEY_BYTES = 32;

  private final SigningKey ticketKey = newKey();
  private final Settings settings;
  private final HttpSender sender;
  private final Upstream upstream;
  private final SendMessage send;
  private final MediaOut media;

  /// @param fallback the other way
  MessagesOut(
      Settings settings,
      Foundations base,
      Projection projection,
      MessagingPorts.Fallback fallback,
      MessagingEvents events) {
    this.settings = settings;
    MessagingSettings messaging = messaging(settings);
    this.sender = HttpSender.start(base.loops(), client(settings));
    this.media =
        new MediaOut(
            settings, base, client(settings), workspace -> access(base, settings, workspace));
    this.upstream =
        new Upstream(sender, workspace -> access(base, settings, workspace), messaging, events);
    MessagingPorts ports =
        new MessagingPorts(
            base.journal(),
            upstream,
            fallback,
            (workspace, number) -> channel(base, workspace, number),
            new LedgerSubmissions(base.store(), projection),
            events,
            new MessagingPorts.Timing(base.clock(), System::nanoTime, base.ids()));
    this.send = new SendMessage(ports, messaging);
  }

  SendMessage send() {
    return send;
  }

  /// Uploads and downloads of files.
  MediaUpstream media() {
    return media.media();
  }

  /// The codes that clients of Turn's API are told.
  OnPremisesCodes codes() {
    return settings.get(MessageKeys.TURN_ON_PREMISES_CODES)
        ? OnPremisesCodes.ON
        : OnPremisesCodes.OFF;
  }

  /// How other calls of the Graph API are passed on.
  GraphApi.Passing passing(Metrics metrics, Clock clock) {
    return new GraphApi.Passing(
        settings.get(MessageKeys.GRAPH_PASS),
        settings.get(MessageKeys.PUBLIC_URL),
        settings.get(MessageKeys.GRAPH_MAX_BODY),
        (name, status) ->
            metrics.count(
                "chasqui_graph_passed",
                "call",
                name,
                "class",
                status == 0 ? "none" : status / 100 + "xx"),
        new GraphApi.Tickets(
            clock, text -> HexFormat.of().formatHex(ticketKey.hmac(Bytes.utf8(text)))));
  }

  /// Everything else that is asked of upstream about messages.
  Upstream upstream() {
    return upstream;
  }

  private static SigningKey newKey() {
    byte[] bytes = new byte[TICKET_KEY_BYTES];
    new SecureRandom().nextBytes(bytes);
    return SigningKey.ofBytes(bytes);
  }

  private static Optional<UpstreamAccess> access(
      Foundations base, Settings settings, WorkspaceId workspace) {
    Optional<String> token = first(base, workspace, Secrets.ACCESS_TOKEN);
    Optional<String> appSecret =
        settings.get(MessageKeys.UPSTREAM_PROOF)
            ? first(base, workspace, Secrets.SIGNING)
            : Optional.empty();
    return token.map(
        it ->
            appSecret
                .map(secret -> UpstreamAccess.proven(it, SigningKey.of(secret)))
                .orElseGet(() -> UpstreamAccess.of(it)));
  }

  private static Optional<String> first(Foundations base, WorkspaceId workspace, String secret) {
    return base.directory().secretValues(workspace, secret).stream().findFirst();
  }

  /// A number that is not known yet has its id alone.
  private static SourceChannel channel(Foundations base, WorkspaceId workspace, String number) {
    return base.directory()
        .phoneNumber(workspace, number)
        .map(it -> new SourceChannel(number, number, it.wabaId(), it.displayPhoneNumber()))
        .orElseGet(() -> new SourceChannel(number, number, null, null));
  }

  private static ClientSettings client(Settings settings) {
    int inFlight = settings.get(MessageKeys.UPSTREAM_IN_FLIGHT);
    return new PackageSettings(settings)
        .client()
        .allowing(ANYWHERE)
        .withPerHost(inFlight, inFlight)
        .withTls(new TlsFiles(settings).upstream());
  }

  private static MessagingSettings messaging(Settings settings) {
    return new MessagingSettings(
        settings.get(Keys.UPSTREAM_URL),
        settings.get(MessageKeys.UPSTREAM_VERSION),
        settings.get(MessageKeys.MESSAGES_DEADLINE),
        new MessagingSettings.Keys(
            settings.get(MessageKeys.MESSAGES_KEYS_AGE),
            settings.get(MessageKeys.MESSAGES_KEYS_IN_MEMORY)),
        "Chasqui/" + Version.VALUE);
  }

  /// What is under way ends as unknown, and is written down before this returns.
  @Override
  public void close() {
    sender.close();
    media.close();
    try {
      if (!send.awaitIdle(WRITE_LIMIT)) {
        LOG.log(System.Logger.Level.WARNING, "messages under way are not written down in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
