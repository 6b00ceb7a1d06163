package dev.chasqui.operations.endpoints;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.Ordering;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Tls;
import dev.chasqui.operations.shape.Bounds;
import dev.chasqui.operations.shape.Digits;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.operations.shape.Items;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.operations.shape.Pem;
import dev.chasqui.operations.shape.Within;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an operator can set of an endpoint, as it is told and as PATCH finds it.
public record EndpointSettings(
    @Length(100) @Doc(value = "What people call it.", example = "crm") String name,
    @Doc("The wire format; cannot be changed.") DialectName dialect,
    @Length(2_048) @Doc(value = "Where deliveries go.", example = "https://crm.example/hook")
        URI url,
    Scope scope,
    @Doc("Words of the dialect, such as Turn's whatsapp; the dialect's defaults without it.")
        List<String> subscriptions,
    Filters filters,
    @Doc("Whether a message that was sent comes exactly as it was submitted.") boolean exactPayload,
    @Doc("Further headers of each delivery, at most 20; told as ***.") Map<String, String> headers,
    Certificates tls,
    Rules policy) {

  /// What stands for a value that is not told.
  static final String MASK = "***";

  /// All of it, for PATCH to change.
  static EndpointSettings of(Endpoint endpoint) {
    return of(endpoint, endpoint.access().headers(), endpoint.access().tls().keyPem());
  }

  /// What is told of it: secrets are masked.
  static EndpointSettings told(Endpoint endpoint) {
    Map<String, String> masked = new TreeMap<>();
    endpoint.access().headers().keySet().forEach(name -> masked.put(name, MASK));
    String key = endpoint.access().tls().keyPem();
    return of(endpoint, masked, key == null ? null : MASK);
  }

  private static EndpointSettings of(
      Endpoint endpoint, Map<String, String> headers, @Nullable String key) {
    Endpoint.Scope scope = endpoint.scope();
    Tls tls = endpoint.access().tls();
    return new EndpointSettings(
        endpoint.identity().name(),
        endpoint.dialect(),
        endpoint.url(),
        new Scope(scope.wabaId(), scope.phoneNumberId()),
        sorted(endpoint.interest().subscriptions()),
        Filters.of(endpoint.interest()),
        endpoint.interest().extras().exactPayload(),
        headers,
        new Certificates(tls.caPem(), tls.certificatePem(), key),
        Rules.of(endpoint.policy()));
  }

  private static List<String> sorted(Collection<String> words) {
    return words.stream().sorted().toList();
  }

  /// Which traffic it is about.
  @Doc("Which traffic it is about; the whole workspace where both are null.")
  public record Scope(@Digits @Nullable String wabaId, @Digits @Nullable String phoneNumberId) {}

  /// What of that traffic it wants.
  @Doc("What of that traffic it wants; an empty list stands for all.")
  public record Filters(
      @Length(100) @Doc(value = "Fields of changes, such as messages.") List<String> fields,
      @Length(100) @Doc(value = "Types of messages, such as text.") List<String> messageTypes,
      @Length(100) @Doc(value = "Statuses, such as read.") List<String> statuses,
      @Doc("inbound (messages), outbound (echoes and statuses).") List<Direction> directions,
      @Length(100) @Doc("wa_ids or user ids that a message or status is about.")
          List<String> senders,
      @Doc("group, direct.") List<Chat> chats) {

    static Filters of(Endpoint.Interest interest) {
      return new Filters(
          sorted(interest.fields()),
          sorted(interest.messageTypes()),
          sorted(interest.statuses()),
          Direction.of(interest.directions()),
          sorted(interest.senders()),
          Chat.of(interest.extras().chats()));
    }
  }

  /// Which way a message went.
  public enum Direction {
    INBOUND,
    OUTBOUND;

    private static List<Direction> of(Collection<String> words) {
      return sorted(words).stream()
          .map(it -> valueOf(it.toUpperCase(java.util.Locale.ROOT)))
          .toList();
    }
  }

  /// What kind of conversation.
  public enum Chat {
    DIRECT,
    GROUP;

    private static List<Chat> of(Collection<String> words) {
      return sorted(words).stream()
          .map(it -> valueOf(it.toUpperCase(java.util.Locale.ROOT)))
          .toList();
    }
  }

  /// Certificates for a receiver.
  public record Certificates(
      @Pem(64 << 10) @Doc("Authorities trusted beside the system's, PEM.") @Nullable String caPem,
      @Pem(64 << 10) @Doc("The certificate shown to the receiver, PEM.")
          @Nullable String certificatePem,
      @Pem(64 << 10) @Doc("Its private key, PEM; told as ***.") @Nullable String keyPem) {}

  /// How deliveries are tried.
  @Doc("How deliveries are tried; the dialect's defaults for what is absent.")
  public record Rules(
      @Within(min = "PT0.1S", max = "PT30S") @Doc("From the start to the last byte of the answer.")
          Duration deadline,
      @Items(100) @Within(min = "PT0S", max = "P7D") @Doc("The waits between attempts.")
          List<Duration> schedule,
      @Bounds(min = 0, max = 1) @Doc("The share of a wait that is added at random.") double jitter,
      @Doc("Whether the receiver's Retry-After can lengthen a wait.") boolean honoursRetryAfter,
      @Bounds(min = 1, max = 1_000) @Doc("Deliveries under way at once.") int maxInFlight,
      @Bounds(min = 0.01, max = 10_000) @Doc("Deliveries begun per second; null for no limit.")
          @Nullable Double ratePerSecond,
      @Doc("Whether deliveries of one contact wait for each other.") Ordering ordering,
      @Flat Verdicts verdicts,
      @Doc("Whether the status delivered is left out where the message is known to be read.")
          boolean dropDeliveredAfterRead,
      @Flat Expiry expiry) {

    static Rules of(Policy policy) {
      Policy.Retry retry = policy.retry();
      Policy.Verdicts verdicts = policy.verdicts();
      return new Rules(
          policy.deadline(),
          retry.schedule(),
          retry.jitter(),
          retry.honoursRetryAfter(),
          policy.maxInFlight(),
          policy.ratePerSecond(),
          policy.ordering(),
          Verdicts.of(verdicts),
          policy.dropDeliveredAfterRead(),
          new Expiry(
              retry.expiry().maxAge(),
              retry.expiry().action().wire(),
              retry.expiry().dropWhileFailing()));
    }
  }

  /// Which answers are success, and which end a delivery.
  public record Verdicts(
      @Doc(value = "The statuses that count as success.", example = "2xx") String success,
      @Items(20) @Doc("Statuses after which a delivery is cancelled, such as 404, 4xx or !429.")
          List<String> cancelOn,
      @Items(20) @Doc("Statuses that disable the endpoint, such as 410.") List<String> disableOn,
      @Doc("Whether a name that does not resolve cancels a delivery.")
          boolean cancelOnUnresolvable) {

    static Verdicts of(Policy.Verdicts verdicts) {
      StatusSet cancel = verdicts.cancelOn();
      return new Verdicts(
          verdicts.success().text(),
          cancel.text().isEmpty() ? List.of() : List.of(cancel.text().split(",", -1)),
          verdicts.disableOn().stream().sorted().map(String::valueOf).toList(),
          verdicts.cancelOnUnresolvable());
    }
  }

  /// What becomes of old news.
  public record Expiry(
      @Within(min = "PT1S", max = "P90D") @Doc("How old an event may be; null for no limit.")
          @Nullable Duration maxAge,
      @Doc("What becomes of older ones: deliver, dead, or endpoint: and an id.")
          String maxAgeAction,
      @Doc("Whether the schedule runs out for all that waits while the endpoint is failing.")
          boolean dropWhileFailing) {}
}
