package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Priority;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Lanes by measured response time (product.md 6).
class LanesTest {

  private final Rig rig = new Rig(settings()).start();
  private final CountDownLatch latch = new CountDownLatch(1);

  /// Lanes of 8, 6 and 4.
  private static DeliverySettings settings() {
    DeliverySettings usual = Rig.DEFAULTS;
    return new DeliverySettings(
        usual.userAgent(),
        usual.memory(),
        new DeliverySettings.LaneBudgets(8, 6, 4),
        usual.claiming(),
        usual.settling(),
        usual.health(),
        usual.answers());
  }

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
  }

  @Test
  void aNewEndpointIsInTheDefaultLaneAndItsFirstDeliveryIsASample() {
    EndpointId endpoint = rig.endpoint("a.test");
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.DEFAULT);
    assertThat(rig.dispatcher.health(endpoint).lastSampleMillis()).isNull();
    deliver(endpoint, "a.test", 150);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.HIGH);
    assertThat(rig.dispatcher.health(endpoint).lastSampleMillis()).isEqualTo(150);
  }

  @ParameterizedTest
  @CsvSource({"0, HIGH", "200, HIGH", "201, DEFAULT", "999, DEFAULT", "1000, LOW", "4900, LOW"})
  void theThresholdsAreThoseOfTheReference(long millis, Lane lane) {
    EndpointId endpoint = rig.endpoint("a.test");
    deliver(endpoint, "a.test", millis);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(lane);
  }

  @Test
  void everyTwentiethDeliveryIsASampleAndNoOther() {
    EndpointId endpoint = rig.endpoint("a.test");
    deliver(endpoint, "a.test", 10);
    for (int i = 2; i <= 20; i++) {
      deliver(endpoint, "a.test", 3_000);
      assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.HIGH);
    }
    deliver(endpoint, "a.test", 3_000);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.LOW);
    for (int i = 22; i <= 40; i++) {
      deliver(endpoint, "a.test", 10);
      assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.LOW);
    }
    deliver(endpoint, "a.test", 10);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.HIGH);
  }

  @Test
  void aTimeoutIsASampleAndPutsTheEndpointIntoTheLowLane() {
    EndpointId endpoint = rig.endpoint("a.test");
    fail(endpoint, Failure.TIMEOUT);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.LOW);
    assertThat(rig.dispatcher.health(endpoint).laneReason()).contains("deadline");
  }

  @Test
  void aConnectionRefusedAtOnceIsNoProofOfSpeedSoTheNextDeliveryIsTheSample() {
    EndpointId endpoint = rig.endpoint("a.test");
    fail(endpoint, Failure.CONNECT_FAILED);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.DEFAULT);
    deliver(endpoint, "a.test", 1_500);
    assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(Lane.LOW);
  }

  @Test
  void lowCannotTakeFromHigh() {
    EndpointId good = rig.endpoint("good.test");
    deliver(good, "good.test", 1);
    for (int i = 0; i < 30; i++) {
      String host = "slow" + i + ".test";
      EndpointId slow = rig.endpoint(host);
      deliver(slow, host, 2_000);
      rig.sender.on(host, ScriptedSender.hanging(latch));
      for (int n = 0; n < 20; n++) {
        rig.owe(slow);
      }
    }
    Conditions.until("the low lane is full", () -> load(Lane.LOW).inFlight() == 4);
    rig.sender.on("good.test", took(1));
    List<DeliveryId> owed = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      owed.add(rig.owe(good));
    }
    owed.forEach(id -> rig.awaitState(id, DeliveryState.DELIVERED));
    assertThat(load(Lane.LOW).inFlight()).isEqualTo(4);
    assertThat(load(Lane.LOW).budget()).isEqualTo(4);
    assertThat(load(Lane.LOW).endpoints()).isEqualTo(30);
  }

  @Test
  void slowEndpointsTogetherTakeAQuarterOfTheMemoryAtMost() {
    for (int i = 0; i < 60; i++) {
      String host = "slow" + i + ".test";
      EndpointId slow = rig.endpoint(host);
      deliver(slow, host, 2_000);
      rig.sender.on(host, ScriptedSender.hanging(latch));
      for (int n = 0; n < 1_000; n++) {
        if (rig.dispatcher.reserve(slow, Priority.MESSAGES) == null) {
          break;
        }
      }
    }
    assertThat(rig.dispatcher.load().inMemory())
        .isBetween(10_000, Rig.DEFAULTS.memory().deliveries() / 4);
  }

  @Test
  void aReceiverThatSwitchesBetweenFastAndSlowChangesLanesAndLosesNothing() {
    EndpointId endpoint = rig.endpoint("a.test");
    List<DeliveryId> owed = new ArrayList<>();
    for (int minute = 0; minute < 10; minute++) {
      boolean isSlow = minute % 2 == 1;
      rig.sender.on("a.test", took(isSlow ? 3_000 : 10));
      for (int i = 0; i < 40; i++) {
        owed.add(rig.owe(endpoint));
      }
      owed.forEach(id -> rig.awaitState(id, DeliveryState.DELIVERED));
      assertThat(rig.dispatcher.health(endpoint).lane()).isEqualTo(isSlow ? Lane.LOW : Lane.HIGH);
      rig.move(Duration.ofMinutes(1));
    }
    assertThat(rig.sender.sent).hasSize(owed.size());
    assertThat(rig.laneChanges).hasSize(10);
    assertThat(rig.changes).isEmpty();
  }

  private Dispatcher.LaneLoad load(Lane lane) {
    return rig.dispatcher.load(lane);
  }

  private void deliver(EndpointId endpoint, String host, long millis) {
    rig.sender.on(host, took(millis));
    rig.awaitState(rig.owe(endpoint), DeliveryState.DELIVERED);
  }

  private void fail(EndpointId endpoint, Failure failure) {
    rig.sender.on("a.test", _ -> new SendResult.Failed(failure, "x", Duration.ofMillis(5)));
    rig.awaitState(rig.owe(endpoint), DeliveryState.RETRYING);
  }

  private static ScriptedSender.Receiver took(long millis) {
    return _ -> new SendResult.Answered(200, null, Bytes.EMPTY, Duration.ofMillis(millis));
  }
}
