package dev.chasqui.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.chasqui.sim.SampleReceiver.Mood;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The platform against sample receivers, with nothing between.
class PlatformIT {

  private static final AppSecret SECRET = new AppSecret("app-secret");
  private static final RetrySchedule TWICE =
      new RetrySchedule(Duration.ofMillis(1), 1, Duration.ofMillis(1), Duration.ofSeconds(30));
  private static final RetrySchedule ONCE =
      new RetrySchedule(Duration.ofSeconds(2), 1, Duration.ofSeconds(2), Duration.ofSeconds(1));

  private final ReceiverSite site = new ReceiverSite();
  private final SampleReceiver receiver =
      new SampleReceiver("shop", new ReceiverSecret.Meta(SECRET), "verify-me");
  private final URI url = site.open(receiver);

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aReceiverTakesWhatItsPlatformSigned() throws InterruptedException {
    try (Platform platform = platform(ONCE)) {
      assertThat(platform.send(webhook(SECRET)).isTaken()).isTrue();
      assertThat(receiver.taken()).isEqualTo(1);
    }
  }

  @Test
  void aReceiverRefusesWhatSomebodyElseSigned() throws InterruptedException {
    try (Platform platform = platform(ONCE)) {
      assertThat(platform.send(webhook(new AppSecret("another"))).status()).isEqualTo(401);
      assertThat(receiver.badlySigned()).isEqualTo(1);
      assertThat(receiver.taken()).isZero();
    }
  }

  @Test
  void thePlatformTriesAgainUntilItIsTaken() throws InterruptedException {
    receiver.feel(Mood.STUMBLING);
    try (Platform platform = platform(TWICE)) {
      Platform.Result result = platform.send(webhook(SECRET));
      assertThat(result.isTaken()).isTrue();
      assertThat(result.attempts()).isEqualTo(2);
      assertThat(receiver.refused()).isEqualTo(1);
    }
  }

  @Test
  void thePlatformGivesUpWhenItsScheduleEnds() throws InterruptedException {
    receiver.feel(Mood.DOWN);
    try (Platform platform = platform(ONCE)) {
      Platform.Result result = platform.send(webhook(SECRET));
      assertThat(result.status()).isEqualTo(500);
      assertThat(result.attempts()).isEqualTo(1);
    }
  }

  @Test
  void nobodyListeningIsAFailedAttempt() throws InterruptedException {
    ReceiverSite gone = new ReceiverSite();
    URI address = gone.open(receiver);
    gone.close();
    try (Platform platform = new Platform(address, ONCE, Clock.systemUTC(), 1)) {
      assertThat(platform.send(webhook(SECRET)).status()).isZero();
    }
  }

  @Test
  void handsAreShakenWithTheRightTokenOnly() throws InterruptedException {
    try (Platform platform = platform(ONCE)) {
      assertThat(platform.shakesHands("verify-me", "a challenge & more")).isTrue();
      assertThat(platform.shakesHands("wrong", "1")).isFalse();
    }
  }

  @Test
  void manyRequestsAreCounted() throws InterruptedException {
    Random random = new Random(1);
    WebhookFactory factory = new WebhookFactory(random, Clock.systemUTC());
    List<SignedWebhook> requests =
        new Traffic(new TrafficPlan(60, 1, 0, 0, 0.1, 0, 0), Samples.all(), factory, random)
            .requests(Business.SAMPLE, SECRET, new AppSecret("wrong"));
    try (Platform platform = platform(ONCE)) {
      SendMany.Tally tally = new SendMany(platform, 4).send(requests, SendMany.Bursts.NONE);
      assertThat(tally).isEqualTo(new SendMany.Tally(60, 0, 0, 6, Map.of()));
    }
  }

  @Test
  void aReceiverOfTheStandardKnowsItsSignature() throws Exception {
    ReceiverSecret.Standard secret = ReceiverSecret.Standard.of(new byte[24]);
    SampleReceiver crm = new SampleReceiver("crm", secret, "");
    URI address = site.open(crm);
    String signature = new Webhook(secret.text()).sign("dlv_1", 1_795_262_400L, "{}");
    assertThat(post(address, signature)).isEqualTo(200);
    assertThat(post(address, "v1,AAAA")).isEqualTo(401);
    assertThat(crm.taken()).isEqualTo(1);
  }

  private static int post(URI address, String signature) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header("webhook-id", "dlv_1")
              .header("webhook-timestamp", "1795262400")
              .header("webhook-signature", signature)
              .POST(HttpRequest.BodyPublishers.ofString("{}"))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private Platform platform(RetrySchedule schedule) {
    return new Platform(url, schedule, Clock.systemUTC(), 4);
  }

  private static SignedWebhook webhook(AppSecret secret) {
    WebhookFactory factory = new WebhookFactory(new Random(1), Clock.systemUTC());
    Sample text = Samples.find("text").orElseThrow();
    return secret.genuine(List.of(factory.item(text, Business.SAMPLE)), Layout.CHANGES);
  }
}
