package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.meta.Envelope;
import dev.chasqui.dialect.meta.EnvelopeScanner;
import dev.chasqui.dialect.meta.ItemKeys;
import dev.chasqui.dialect.meta.Notifications;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Participant;
import dev.chasqui.model.WorkspaceId;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WebhookFactoryTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final AppSecret SECRET = new AppSecret("app-secret");

  @Test
  void theSameSeedMakesTheSameBytes() {
    assertThat(body(7, Layout.CHANGES)).isEqualTo(body(7, Layout.CHANGES));
    assertThat(body(7, Layout.CHANGES)).isNotEqualTo(body(8, Layout.CHANGES));
  }

  @ParameterizedTest
  @EnumSource
  void everySampleBecomesExactlyOneNotification(Layout layout) {
    Envelope envelope = envelope(body(1, layout));
    assertThat(envelope.skipped()).isEmpty();
    assertThat(Notifications.of(envelope)).hasSameSizeAs(Samples.all());
  }

  /// Meta's bytes are, and receivers that escape before they hash depend on it.
  @ParameterizedTest
  @EnumSource
  void bodiesAreAsciiWithEscapes(Layout layout) {
    byte[] body = body(1, layout).toArray();
    for (byte one : body) {
      assertThat(one).isBetween((byte) 0x20, (byte) 0x7e);
    }
    assertThat(new String(body, StandardCharsets.US_ASCII)).contains("\\u00", "\\/");
  }

  @Test
  void noTwoItemsAreTakenForTheSame() {
    WebhookFactory factory = factory(1);
    Set<ItemKey> keys = new HashSet<>();
    for (int round = 0; round < 3; round++) {
      List<Item> items = items(factory, false);
      Envelope envelope = envelope(EnvelopeWriter.write(items, Layout.CHANGES));
      ItemKeys maker = new ItemKeys(WorkspaceId.DEFAULT, envelope);
      Notifications.of(envelope).forEach(notification -> keys.add(maker.of(notification)));
    }
    assertThat(keys).hasSize(3 * Samples.all().size());
  }

  @Test
  void theGatewaysOwnCheckAcceptsTheSignature() {
    SignedWebhook webhook = SECRET.genuine(items(factory(1), false), Layout.CHANGES);
    assertThat(isSigned(webhook, "app-secret")).isTrue();
    assertThat(isSigned(webhook, "another")).isFalse();
  }

  @Test
  void aHiddenPhoneNumberIsNowhereInMessagesAndStatuses() {
    WebhookFactory factory = factory(1);
    List<Item> items =
        Samples.all().stream()
            .filter(sample -> !(sample instanceof Sample.OfField))
            .map(sample -> factory.item(sample, Business.SAMPLE, true))
            .toList();
    Envelope envelope = envelope(EnvelopeWriter.write(items, Layout.CHANGES));
    assertThat(Notifications.of(envelope))
        .extracting(WebhookFactoryTest::user)
        .allSatisfy(user -> assertThat(user.waId()).isNull())
        .filteredOn(user -> user.userId() == null)
        .as("the status of a group message names no user")
        .hasSize(1);
  }

  @Test
  void aBatchOfAThousandStaysOneEnvelope() {
    WebhookFactory factory = factory(1);
    Sample text = Samples.find("text").orElseThrow();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < TrafficPlan.MAX_BATCH; i++) {
      items.add(factory.item(text, Business.SAMPLE));
    }
    Envelope envelope = envelope(EnvelopeWriter.write(items, Layout.ARRAYS));
    assertThat(envelope.summary().messageCount()).isEqualTo(1_000);
    assertThat(envelope.summary().changeCount()).isEqualTo(1);
  }

  @Test
  void theTopicIsWhatTheGatewaySaysItIs() {
    WebhookFactory factory = factory(3);
    for (Sample sample : Samples.all()) {
      SignedWebhook webhook =
          SECRET.genuine(List.of(factory.item(sample, Business.SAMPLE)), Layout.CHANGES);
      assertThat(webhook.topic())
          .as(sample.name())
          .isEqualTo(envelope(webhook.body()).summary().topic().wire());
    }
  }

  private static Participant user(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> message.from();
      case Notification.Status status -> status.recipient();
      default -> throw new IllegalArgumentException("neither message nor status");
    };
  }

  private static boolean isSigned(SignedWebhook webhook, String secret) {
    String header = webhook.headers().getOrDefault("X-Hub-Signature-256", "");
    return Signatures.verify(List.of(SigningKey.of(secret)), webhook.body(), header);
  }

  private static Envelope envelope(Bytes body) {
    return (Envelope) EnvelopeScanner.scan(body);
  }

  private static Bytes body(long seed, Layout layout) {
    return EnvelopeWriter.write(items(factory(seed), false), layout);
  }

  private static List<Item> items(WebhookFactory factory, boolean isPhoneHidden) {
    return Samples.all().stream()
        .map(sample -> factory.item(sample, Business.SAMPLE, isPhoneHidden))
        .toList();
  }

  private static WebhookFactory factory(long seed) {
    return new WebhookFactory(new Random(seed), NOON);
  }
}
