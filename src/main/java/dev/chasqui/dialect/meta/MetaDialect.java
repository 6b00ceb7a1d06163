package dev.chasqui.dialect.meta;

import dev.chasqui.dialect.Dialect;
import dev.chasqui.dialect.Outgoing;
import dev.chasqui.dialect.Rendered;
import dev.chasqui.dialect.Rendered.Header;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Subscriptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Meta's own format: the envelope as it came, or cut down to what the receiver gets.
///
/// The signature is Meta's own as long as the bytes are Meta's own and the receiver is one that
/// knows the app secret. A cut envelope is signed with the app secret; an endpoint with a secret of
/// its own always gets signatures under that one.
public final class MetaDialect implements Dialect {

  public static final String SIGNATURE_HEADER = "X-Hub-Signature-256";

  private static final String DEFAULT_CONTENT_TYPE = "application/json";

  /// Meta tries for seven days, ever more seldom, and keeps its schedule to itself. This one is
  /// quick at first, so that a restart of the receiver costs seconds, and then slows down to one
  /// try in twelve hours; the waits add up to seven days.
  private static final List<Duration> SEVEN_DAYS =
      Stream.of(
              "PT5S", "PT15S", "PT40S", "PT4M", "PT10M", "PT15M", "PT30M", "PT1H", "PT2H", "PT4H",
              "PT4H", "PT12H", "PT12H", "PT12H", "PT12H", "PT12H", "PT12H", "PT12H", "PT12H",
              "PT12H", "PT12H", "PT12H", "PT12H", "PT12H")
          .map(Duration::parse)
          .toList();

  private static final Policy DEFAULTS =
      new Policy(
          Duration.ofSeconds(5),
          new Policy.Retry(SEVEN_DAYS, 0.1, false),
          32,
          null,
          Policy.Ordering.NONE,
          new Policy.Verdicts(new StatusSet("200"), StatusSet.NONE, Set.of()));

  @Override
  public DialectName name() {
    return DialectName.META;
  }

  @Override
  public Policy defaults() {
    return DEFAULTS;
  }

  @Override
  public boolean speaksOf(Notification item) {
    return !(item instanceof Notification.Submitted);
  }

  @Override
  public Subscriptions subscriptions() {
    return Subscriptions.NONE;
  }

  @Override
  public List<String> subscriptionsOf(Notification item) {
    return List.of();
  }

  /// One delivery with everything.
  @Override
  public List<List<Notification>> units(List<Notification> selected) {
    return selected.isEmpty() ? List.of() : List.of(List.copyOf(selected));
  }

  @Override
  public Rendered render(Outgoing delivery) {
    Outgoing.Source source = delivery.source();
    Bytes body = source.isWhole() ? source.body() : cut(source);
    // A cut only ever leaves bytes out.
    boolean isOriginal = body.length() == source.body().length();
    String contentType = source.contentType();
    List<Header> headers = new ArrayList<>(2);
    headers.add(
        new Header("Content-Type", contentType == null ? DEFAULT_CONTENT_TYPE : contentType));
    String signature = signature(delivery, body, isOriginal);
    if (signature != null) {
      headers.add(new Header(SIGNATURE_HEADER, signature));
    }
    return new Rendered(headers, body);
  }

  private static Bytes cut(Outgoing.Source source) {
    return switch (EnvelopeScanner.scan(source.body())) {
      case Envelope envelope -> EnvelopeCutter.cut(envelope, source.items());
      case Scan.InvalidJson invalid -> throw new IllegalArgumentException(invalid.reason());
      case Scan.InvalidPayload _ -> throw new IllegalArgumentException("the event is no envelope");
    };
  }

  private static @Nullable String signature(Outgoing delivery, Bytes body, boolean isOriginal) {
    List<String> own = delivery.secrets().endpoint();
    if (!own.isEmpty()) {
      return Signatures.sign(SigningKey.of(own.getFirst()), body);
    }
    String received = delivery.source().signature();
    if (isOriginal && received != null) {
      return received;
    }
    List<String> app = delivery.secrets().app();
    return app.isEmpty() ? null : Signatures.sign(SigningKey.of(app.getFirst()), body);
  }
}
