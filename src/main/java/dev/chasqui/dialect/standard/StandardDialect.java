package dev.chasqui.dialect.standard;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.meta.EventItems;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Standard Webhooks (https://www.standardwebhooks.com): one notification a delivery, in an
/// envelope of its own, with the platform's JSON of it inside, byte for byte.
public final class StandardDialect implements Dialect {

  private static final List<Duration> SCHEDULE =
      Stream.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT10H")
          .map(Duration::parse)
          .toList();

  private static final int GONE = 410;

  /// The types of bodies.
  private static final Subscriptions SUBSCRIPTIONS =
      new Subscriptions(
          List.of(
              "message.received",
              "message.sent",
              "message.status",
              "call.event",
              "change.received"),
          Set.of(),
          Map.of());

  private static final Policy DEFAULTS =
      new Policy(
          Duration.ofSeconds(15),
          new Policy.Retry(SCHEDULE, 0.1, true),
          32,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(
              new StatusSet("2xx"), new StatusSet("4xx,!408,!425,!429"), Set.of(GONE)));

  @Override
  public DialectName name() {
    return DialectName.STANDARD;
  }

  @Override
  public Policy defaults() {
    return DEFAULTS;
  }

  @Override
  public Optional<String> secretObjection(String secret) {
    try {
      StandardSecret.key(secret);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("must be whsec_ and at least one byte in base 64");
    }
  }

  @Override
  public String newSecret(byte[] random) {
    return StandardSecret.of(random);
  }

  @Override
  public boolean speaksOf(Notification item) {
    return !(item instanceof Notification.Submitted);
  }

  @Override
  public Subscriptions subscriptions() {
    return SUBSCRIPTIONS;
  }

  @Override
  public List<String> subscriptionsOf(Notification item) {
    return List.of(StandardBody.type(item));
  }

  /// One delivery for each notification.
  @Override
  public List<List<Notification>> units(List<Notification> selected) {
    return selected.stream().map(List::of).toList();
  }

  @Override
  public Rendered render(Outgoing delivery) {
    EventItems event = delivery.source().event().read(EventItems.class, EventItems::of);
    Notification notification = event.only(delivery.source().items());
    Bytes body = new StandardBody(event, delivery.identity()).write(notification);
    List<Header> headers =
        StandardMessage.headers(
            delivery.secrets().endpoint(),
            delivery.identity().delivery().toString(),
            delivery.now(),
            body);
    return new Rendered(headers, body);
  }
}
