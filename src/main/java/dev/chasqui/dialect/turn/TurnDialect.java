package dev.chasqui.dialect.turn;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Sending.Author;
import dev.chasqui.model.Subscriptions;
import dev.chasqui.model.Via;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Turn's webhooks (seed 002): WhatsApp's on-premises shape, one message, status or error a
/// delivery, with Turn's `_vnd` block. What is special about it is what its receivers trip over:
/// they read exactly one element, match header names letter by letter, want the body on one line,
/// and answer 4xx to what they do not know, which ends the delivery.
///
/// Items of WhatsApp come under the subscription `whatsapp`, messages that are sent through the
/// gateway under `turn` and `journey_outbound`. What a contact writes over the fallback channel
/// comes under `turn`, as Turn has it, marked as an event; an endpoint that has `whatsapp` alone
/// gets it there, since nobody's message may be lost.
public final class TurnDialect implements Dialect {

  public static final String SIGNATURE_HEADER = "X-Turn-Hook-Signature";
  public static final String SUBSCRIPTION_HEADER = "X-Turn-Hook-Subscription";

  /// Marks what went or came over the fallback channel.
  public static final String FALLBACK_HEADER = "X-Turn-Fallback-Channel";

  /// The id of a message that was sent.
  public static final String MESSAGE_ID_HEADER = "X-WhatsApp-Id";

  /// Marks what comes under `turn` and is no message that was sent.
  public static final String EVENT_HEADER = "X-Turn-Event";

  /// The subscription of all that comes from WhatsApp.
  public static final String WHATSAPP = "whatsapp";

  /// The subscription of messages that were sent by a client's token.
  public static final String TURN = "turn";

  /// The subscription of messages that were sent by a journey's token.
  public static final String JOURNEY = "journey_outbound";

  private static final Subscriptions SUBSCRIPTIONS =
      new Subscriptions(List.of(WHATSAPP, TURN, JOURNEY), Set.of(WHATSAPP), Map.of("engage", TURN));

  /// 17, 19, 24, 31 and 47 seconds after a failure; about 140 seconds in all.
  private static final List<Duration> SCHEDULE =
      Stream.of(17, 19, 24, 31, 47).map(Duration::ofSeconds).toList();

  private static final Policy DEFAULTS =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(SCHEDULE, 0.1, false),
          32,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new StatusSet("2xx"), new StatusSet("4xx"), Set.of(), true),
          true);

  @Override
  public DialectName name() {
    return DialectName.TURN;
  }

  @Override
  public Policy defaults() {
    return DEFAULTS;
  }

  /// Messages and statuses with an id, as long as there is a word for the status; errors; messages
  /// that were sent, once the other side has taken them.
  @Override
  public boolean speaksOf(Notification item) {
    return switch (item) {
      case Notification.Message message -> message.wamid() != null;
      case Notification.Status status ->
          status.wamid() != null && TurnStatus.word(status.status()).isPresent();
      case Notification.Submitted submitted -> submitted.sending().messageId() != null;
      case Notification.Problem _ -> true;
      case Notification.Echo _, Notification.Call _, Notification.Change _ -> false;
    };
  }

  @Override
  public Subscriptions subscriptions() {
    return SUBSCRIPTIONS;
  }

  @Override
  public List<String> subscriptionsOf(Notification item) {
    return switch (item) {
      case Notification.Submitted submitted ->
          List.of(submitted.sending().author().kind().equals(Author.JOURNEY) ? JOURNEY : TURN);
      case Notification.Message message when message.origin().isFallback() ->
          List.of(TURN, WHATSAPP);
      case Notification.Message _,
          Notification.Status _,
          Notification.Problem _,
          Notification.Echo _,
          Notification.Call _,
          Notification.Change _ ->
          List.of(WHATSAPP);
    };
  }

  /// One delivery for each item that there are words for.
  @Override
  public List<List<Notification>> units(List<Notification> selected) {
    return selected.stream().filter(this::speaksOf).map(List::of).toList();
  }

  @Override
  public Rendered render(Outgoing delivery) {
    EventItems event = delivery.source().event().read(EventItems.class, EventItems::of);
    Notification item = event.only(delivery.source().items());
    Bytes body = TurnBody.write(event, item, delivery.identity());
    List<Header> headers = new ArrayList<>(7);
    headers.add(new Header("Content-Type", "application/json"));
    String subscription = subscription(item, delivery.identity().subscriptions());
    headers.add(new Header(SUBSCRIPTION_HEADER, subscription));
    mark(headers, event, item, subscription);
    List<String> secrets = delivery.secrets().endpoint();
    if (!secrets.isEmpty()) {
      headers.add(new Header(SIGNATURE_HEADER, signature(secrets.getFirst(), body)));
    }
    TurnClaim.of(item, delivery.identity()).ifPresent(headers::add);
    return new Rendered(headers, body);
  }

  /// The first of the item's subscriptions that the endpoint has. It may have another one since the
  /// item was routed; then the one that every endpoint has by default.
  private String subscription(Notification item, Set<String> ofEndpoint) {
    List<String> possible = subscriptionsOf(item);
    return possible.stream().filter(ofEndpoint::contains).findFirst().orElse(possible.getLast());
  }

  private static void mark(
      List<Header> headers, EventItems event, Notification item, String subscription) {
    boolean isFallback = event.isMarked(item);
    if (item instanceof Notification.Submitted submitted) {
      headers.add(new Header(MESSAGE_ID_HEADER, "" + submitted.sending().messageId()));
      isFallback = submitted.sending().via() == Via.FALLBACK;
    } else if (!subscription.equals(WHATSAPP)) {
      headers.add(new Header(EVENT_HEADER, "1"));
    }
    if (isFallback) {
      headers.add(new Header(FALLBACK_HEADER, "1"));
    }
  }

  /// The header's value for a body: base64 of HMAC-SHA256 under the secret's UTF-8 bytes.
  public static String signature(String secret, Bytes body) {
    return Base64.getEncoder().encodeToString(SigningKey.of(secret).hmac(body));
  }
}
