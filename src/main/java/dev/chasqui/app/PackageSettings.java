package dev.chasqui.app;

import dev.chasqui.api.turn.RateLimits;
import dev.chasqui.delivery.DeliverySettings;
import dev.chasqui.http.LoginGuard;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.ingress.IngressSettings;
import dev.chasqui.journal.file.JournalSettings;
import dev.chasqui.model.Cidr;
import dev.chasqui.model.Version;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.projection.ProjectionSettings;
import dev.chasqui.settings.ClientKeys;
import dev.chasqui.settings.EdgeKeys;
import dev.chasqui.settings.Key;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.MessageKeys;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import dev.chasqui.settings.Type;
import dev.chasqui.store.Housekeeping.Retention;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The settings as each package wants them.
final class PackageSettings {

  private static final int DNS_PORT = 53;

  private final Settings settings;

  PackageSettings(Settings settings) {
    this.settings = settings;
  }

  IngressSettings ingress() {
    Set<WorkspaceId> mock =
        settings.get(Keys.INGRESS_MOCK).stream()
            .map(WorkspaceId::new)
            .collect(Collectors.toUnmodifiableSet());
    return new IngressSettings(
        Math.toIntExact(settings.get(Keys.INGRESS_MAX_BODY)),
        Set.copyOf(settings.get(Keys.INGRESS_REJECT_INVALID)),
        mock,
        new IngressSettings.Dedup(
            settings.get(Keys.INGRESS_DEDUP_WINDOW),
            settings.get(Keys.INGRESS_DEDUP_REFILL),
            settings.get(EdgeKeys.INGRESS_DEDUP_BY_DELIVERY_ID)),
        new IngressSettings.GuardLimits(
            settings.get(Keys.INGRESS_GUARD_BURST),
            settings.get(Keys.INGRESS_GUARD_PER_MINUTE),
            settings.get(Keys.INGRESS_REJECTS_PER_MINUTE),
            Duration.ofSeconds(10),
            rejectedBytes()));
  }

  /// One webhook of the largest size always passes.
  private IngressSettings.ByteLimits rejectedBytes() {
    long largest = settings.get(Keys.INGRESS_MAX_BODY) + settings.get(Keys.HTTP_MAX_HEADER);
    return new IngressSettings.ByteLimits(
        Math.max(largest, settings.get(EdgeKeys.INGRESS_GUARD_BYTES)),
        settings.get(EdgeKeys.INGRESS_GUARD_BYTES_PER_MINUTE),
        Math.max(largest, settings.get(EdgeKeys.INGRESS_REJECTS_BYTES_PER_MINUTE)),
        settings.get(EdgeKeys.INGRESS_REJECTS_BYTES),
        settings.get(EdgeKeys.INGRESS_REJECTS_DISK_ROOM));
  }

  JournalSettings journal() {
    return new JournalSettings(
        settings.get(Keys.JOURNAL_SEGMENT),
        settings.get(Keys.JOURNAL_CAP),
        settings.get(Keys.JOURNAL_RESERVE),
        settings.get(Keys.JOURNAL_WAITING),
        new JournalSettings.Pacing(
            settings.get(Keys.JOURNAL_BUSY_MAX_DELAY), settings.get(Keys.JOURNAL_BULK_MAX_DELAY)),
        settings.get(Keys.JOURNAL_AGE));
  }

  LoginGuard.Limits logins() {
    LoginGuard.Limits usual = LoginGuard.Limits.DEFAULT;
    return new LoginGuard.Limits(
        settings.get(EdgeKeys.HTTP_LOGINS_FREE),
        usual.first(),
        settings.get(EdgeKeys.HTTP_LOGINS_LONGEST_WAIT),
        usual.forgetOneIn());
  }

  ServerSettings server(Key<Type.Address> address) {
    ServerSettings.Limits usual = ServerSettings.Limits.DEFAULT;
    return new ServerSettings(
        settings.get(address).host(),
        settings.get(address).port(),
        new ServerSettings.Limits(
            usual.requestLineBytes(),
            Math.toIntExact(settings.get(Keys.HTTP_MAX_HEADER)),
            settings.get(Keys.HTTP_MAX_CONNECTIONS),
            usual.blockingRequests(),
            settings.get(Keys.INGRESS_BYTES_IN_FLIGHT),
            shares(),
            answerBytes()),
        new ServerSettings.Deadlines(
            settings.get(Keys.HTTP_HEADER_DEADLINE),
            settings.get(Keys.HTTP_BODY_DEADLINE),
            settings.get(Keys.HTTP_IDLE)),
        blocks(settings.get(Keys.HTTP_TRUSTED_PROXIES)),
        settings.get(Keys.HTTP_MAX_STREAMS));
  }

  /// One body of the largest size always has room.
  private ServerSettings.Shares shares() {
    long largestBody = settings.get(Keys.INGRESS_MAX_BODY);
    return new ServerSettings.Shares(
        settings.get(EdgeKeys.HTTP_MAX_CONNECTIONS_PER_ADDRESS),
        Math.max(largestBody, settings.get(EdgeKeys.INGRESS_PARTIAL_BYTES)),
        Math.max(largestBody, settings.get(EdgeKeys.INGRESS_PARTIAL_BYTES_PER_ADDRESS)));
  }

  /// The memory for large answers of the operator API.
  ReadMemory readMemory() {
    return new ReadMemory(
        settings.get(EdgeKeys.ADMIN_READ_MEMORY), settings.get(Keys.INGRESS_MAX_BODY));
  }

  /// One raw webhook of the largest size always has room.
  private long answerBytes() {
    return Math.max(
        settings.get(EdgeKeys.HTTP_ANSWER_BYTES), 2 * settings.get(Keys.INGRESS_MAX_BODY));
  }

  ClientSettings client() {
    return ClientSettings.DEFAULT
        .allowing(blocks(settings.get(ClientKeys.OUTBOUND_ALLOW)))
        .withMaxHeaderBytes(maxHeader())
        .withNames(
            new ClientSettings.Names(
                settings.get(ClientKeys.OUTBOUND_DNS_SERVERS).stream()
                    .map(PackageSettings::nameServer)
                    .toList(),
                settings.get(ClientKeys.OUTBOUND_DNS_STALE),
                settings.get(ClientKeys.OUTBOUND_DNS_QUESTIONS)))
        .withTls(new TlsFiles(settings).outbound());
  }

  /// The client of deliveries has a place at a host for all that the lanes let begin: who goes
  /// first is for the dispatcher to say, and nothing waits once it has begun.
  ClientSettings deliveryClient() {
    return client().withPerHost(lanes().all(), ClientSettings.DEFAULT.perHost().waiting());
  }

  ProjectionSettings projection() {
    return ProjectionSettings.of(settings);
  }

  DeliverySettings delivery() {
    DeliverySettings usual = DeliverySettings.defaults("Chasqui/" + Version.VALUE);
    return new DeliverySettings(
        usual.userAgent(),
        new DeliverySettings.Memory(
            settings.get(Keys.DELIVERY_IN_MEMORY),
            usual.memory().bodyBytes(),
            settings.get(Keys.DELIVERY_IN_MEMORY_PER_ENDPOINT)),
        lanes(),
        usual.claiming(),
        usual.settling(),
        new DeliverySettings.HealthRules(
            usual.health().failuresUntilFailing(),
            usual.health().probePause(),
            settings.get(Keys.DELIVERY_HEAD_OF_LINE),
            settings.get(Keys.DELIVERY_BACKLOG_AGE)),
        usual.answers());
  }

  private DeliverySettings.LaneBudgets lanes() {
    return new DeliverySettings.LaneBudgets(
        settings.get(Keys.DELIVERY_LANES_HIGH),
        settings.get(Keys.DELIVERY_LANES_DEFAULT),
        settings.get(Keys.DELIVERY_LANES_LOW));
  }

  RateLimits turnRates(Clock clock) {
    return RateLimits.of(settings, clock);
  }

  Duration claimLifetime() {
    return settings.get(Keys.TURN_CLAIMS_LIFETIME);
  }

  /// What the store keeps, counted from now.
  Retention retention(Instant now) {
    return new Retention(
        now.minus(settings.get(Keys.STORE_EVENTS_AGE)),
        now.minus(settings.get(Keys.STORE_KEYS_AGE)),
        now.minus(settings.get(Keys.STORE_DEAD_AGE)),
        now.minus(settings.get(Keys.ALERTS_AGE)),
        now.minus(settings.get(Keys.INGRESS_REJECTS_AGE)),
        now.minus(settings.get(MessageKeys.MESSAGES_KEYS_AGE)),
        settings.get(Keys.INGRESS_REJECTS_MAX));
  }

  private int maxHeader() {
    long bytes = settings.get(ClientKeys.OUTBOUND_MAX_HEADER);
    if (bytes < ClientSettings.MIN_HEADER_BYTES || bytes > Integer.MAX_VALUE) {
      throw refused(ClientKeys.OUTBOUND_MAX_HEADER, "must be from 8KiB to 2047MiB");
    }
    return (int) bytes;
  }

  private static SettingsException refused(Key<?> key, String why) {
    return new SettingsException(List.of(key.name() + ": " + why));
  }

  /// An address, with a port behind it or without.
  private static InetSocketAddress nameServer(String text) {
    int colon = text.lastIndexOf(':');
    boolean hasPort = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
    String host = hasPort ? text.substring(0, colon) : text;
    String literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    try {
      int port = hasPort ? Integer.parseInt(text.substring(colon + 1)) : DNS_PORT;
      return new InetSocketAddress(InetAddress.ofLiteral(literal), port);
    } catch (IllegalArgumentException e) {
      throw refused(ClientKeys.OUTBOUND_DNS_SERVERS, "no address of a name server: " + text);
    }
  }

  private static List<Cidr> blocks(List<String> texts) {
    return texts.stream().map(Cidr::parse).toList();
  }
}
