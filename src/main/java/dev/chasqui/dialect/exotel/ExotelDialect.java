package dev.chasqui.dialect.exotel;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Exotel's webhooks in the shape of its reference (seed 004): `incoming_message` and
/// `message_status`, one message or status a delivery.
///
/// The two events are also the subscriptions: Exotel has one URL for messages and one for statuses,
/// which are two endpoints here.
public final class ExotelDialect implements Dialect {

  public static final String SIGNATURE_HEADER = "X-Exotel-Signature";

  /// The event and subscription of what users write.
  public static final String INCOMING = "incoming_message";

  /// The event and subscription of what became of messages.
  public static final String STATUS = "message_status";

  private static final Subscriptions SUBSCRIPTIONS =
      new Subscriptions(List.of(INCOMING, STATUS), Set.of(), Map.of());

  private static final List<Duration> SCHEDULE =
      Stream.of("PT30S", "PT2M", "PT10M", "PT1H").map(Duration::parse).toList();

  private static final Policy DEFAULTS =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(SCHEDULE, 0, false),
          32,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new StatusSet("200"), StatusSet.NONE, Set.of()));

  @Override
  public DialectName name() {
    return DialectName.EXOTEL;
  }

  @Override
  public Policy defaults() {
    return DEFAULTS;
  }

  /// Messages and statuses with an id, as long as there is a word for the status.
  @Override
  public boolean speaksOf(Notification item) {
    return wordOf(item) != null;
  }

  @Override
  public Subscriptions subscriptions() {
    return SUBSCRIPTIONS;
  }

  @Override
  public List<String> subscriptionsOf(Notification item) {
    String word = wordOf(item);
    return word == null ? List.of() : List.of(word);
  }

  /// The event that tells of an item, null if there is none.
  private static @Nullable String wordOf(Notification item) {
    return switch (item) {
      case Notification.Message message -> message.wamid() == null ? null : INCOMING;
      case Notification.Status status -> {
        boolean isSpokenOf =
            status.wamid() != null && ExotelStatus.word(status.status()).isPresent();
        yield isSpokenOf ? STATUS : null;
      }
      case Notification.Echo _,
          Notification.Submitted _,
          Notification.Call _,
          Notification.Problem _,
          Notification.Change _ ->
          null;
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
    Bytes body = ExotelBody.write(event, item, delivery.identity());
    List<Header> headers = new ArrayList<>(2);
    headers.add(new Header("Content-Type", "application/json"));
    List<String> secrets = delivery.secrets().endpoint();
    if (!secrets.isEmpty()) {
      String signature = Signatures.sign(SigningKey.of(secrets.getFirst()), body);
      headers.add(new Header(SIGNATURE_HEADER, signature));
    }
    return new Rendered(headers, body);
  }
}
