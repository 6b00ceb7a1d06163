package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.SourceDialect;
import dev.chasqui.dialect.Translated;
import dev.chasqui.dialect.exotel.ExotelSource;
import dev.chasqui.dialect.turn.TurnSource;
import dev.chasqui.model.Notification;
import dev.chasqui.sim.SignedWebhook.Kind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What the simulated Turn and Exotel say is understood by the gateway's own sources.
class VoicesTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);
  private static final String SECRET = "s3cret";

  private final WebhookFactory factory = new WebhookFactory(new Random(3), NOON);

  @Test
  void turnIsUnderstood() {
    understands(new TurnSource(), new TurnWebhooks(SECRET));
  }

  @Test
  void exotelIsUnderstood() {
    understands(new ExotelSource(), new ExotelWebhooks("account", SECRET));
  }

  @Test
  void turnSaysSeveralThingsAtOnce() {
    List<Item> items = Samples.all().stream().filter(VoicesTest::isCommon).map(this::item).toList();
    SignedWebhook webhook = new TurnWebhooks(SECRET).say(items, Layout.ARRAYS, Kind.GENUINE);
    assertThat(Translated.of(new TurnSource(), webhook.body().toUtf8()).items())
        .hasSameSizeAs(items);
  }

  @Test
  void whatTheyHaveNoWordsForIsRefused() {
    Item change = item(Samples.find("automatic_events").orElseThrow());
    for (Voice voice : List.of(new TurnWebhooks(SECRET), new ExotelWebhooks("a", SECRET))) {
      assertThatThrownBy(() -> voice.say(List.of(change), Layout.ARRAYS, Kind.GENUINE))
          .hasMessageContaining("automatic_events");
    }
  }

  private void understands(SourceDialect dialect, Voice voice) {
    for (Sample sample : Samples.all()) {
      if (!isCommon(sample)) {
        continue;
      }
      Item item = item(sample);
      SignedWebhook webhook = voice.say(List.of(item), Layout.ARRAYS, Kind.GENUINE);
      String header = webhook.headers().get(dialect.signatureHeader());
      assertThat(header).isNotNull();
      assertThat(dialect.isSigned(List.of(SigningKey.of(SECRET)), webhook.body(), "" + header))
          .as(sample.name())
          .isTrue();
      List<Notification> items = Translated.of(dialect, webhook.body().toUtf8()).items();
      assertThat(items).as(sample.name()).hasSize(1);
      assertThat(wamid(items.getFirst())).as(sample.name()).isEqualTo(wamid(item));
    }
  }

  private Item item(Sample sample) {
    return factory.item(sample, Business.SAMPLE);
  }

  private static boolean isCommon(Sample sample) {
    return !(sample instanceof Sample.OfField);
  }

  private static String wamid(Notification notification) {
    return switch (notification) {
      case Notification.Message message -> "" + message.wamid();
      case Notification.Status status -> "" + status.wamid();
      default -> "neither a message nor a status";
    };
  }

  private static String wamid(Item item) {
    return switch (item) {
      case Item.Message message -> message.wamid();
      case Item.Status status -> status.wamid();
      case Item.Change _ -> "";
    };
  }
}
