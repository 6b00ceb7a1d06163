package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final CountDownLatch latch = new CountDownLatch(1);
  private final Rig rig = Rig.started();

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
  }

  @Test
  void whatIsUnderWayEndsAndWhatWaitsGoesBack() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("slow.test", Policies.of(1, null));
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    DeliveryId first = rig.owe(endpoint);
    DeliveryId second = rig.owe(endpoint);
    Conditions.until("one is under way", () -> rig.sender.sent.size() == 1);
    assertThat(rig.dispatcher.drain(Duration.ZERO)).isFalse();
    latch.countDown();
    assertThat(rig.dispatcher.drain(LONG)).isTrue();
    rig.close();
    assertThat(rig.store.state(first)).isEqualTo(DeliveryState.DELIVERED);
    assertThat(rig.store.state(second)).isEqualTo(DeliveryState.PENDING);
    assertThat(rig.sender.sent).hasSize(1);
  }

  /// Holds up the outcome where the dispatch state knows already that nothing is under way any
  /// more.
  @Test
  void anOutcomeThatIsNotQueuedYetIsWrittenBeforeItCloses() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("good.test");
    EarlyDelivery early = rig.reserved(endpoint);
    EarlyBatch earlyBatch = new EarlyBatch(new EarlyBatch.Settle(_ -> {}, _ -> {}));
    earlyBatch.written();
    Thread closing = Thread.ofPlatform().unstarted(rig::close);
    synchronized (earlyBatch) {
      rig.dispatcher.begin(List.of(early), earlyBatch);
      Conditions.until(
          "it is over", () -> rig.dispatcher.health(endpoint).consecutiveSuccesses() == 1);
      closing.start();
      Conditions.until(
          "closing ended or waits",
          () ->
              closing.getState() == Thread.State.TERMINATED
                  || closing.getState() == Thread.State.TIMED_WAITING);
    }
    closing.join();
    assertThat(rig.store.state(early.owed().id())).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void nothingIsTakenAnyMore() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("good.test");
    assertThat(rig.dispatcher.drain(LONG)).isTrue();
    assertThat(rig.dispatcher.reserve(endpoint, Priority.MESSAGES)).isNull();
  }

  @Test
  void whatWasReservedBeforeAndComesAfterGoesBack() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("good.test");
    EarlyDelivery early = rig.reserved(endpoint);
    rig.dispatcher.drain(LONG);
    rig.handOver(rig.dispatcher, early);
    rig.close();
    assertThat(rig.store.state(early.owed().id())).isEqualTo(DeliveryState.PENDING);
    assertThat(rig.sender.sent).isEmpty();
  }

  @Test
  void whatTheClosingSenderCutsOffIsNoAttempt() {
    EndpointId endpoint = rig.endpoint("cut.test");
    rig.sender.on("cut.test", ScriptedSender.failure(Failure.CLOSED));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.PENDING);
    assertThat(rig.store.history(id)).isEmpty();
    assertThat(rig.dispatcher.health(endpoint).state()).isEqualTo(EndpointHealth.State.HEALTHY);
  }

  @Test
  void whatOutlastsTheDrainKeepsItsLeaseAndIsMadeAgainByTheNextLife() {
    EndpointId endpoint = rig.endpoint("slow.test");
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    DeliveryId id = rig.owe(endpoint);
    Conditions.until("it is under way", () -> rig.sender.sent.size() == 1);
    rig.close();
    latch.countDown();
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.LEASED);
    try (Dispatcher next = rig.newDispatcher("node", Rig.DEFAULTS)) {
      next.start();
      rig.awaitState(id, DeliveryState.DELIVERED);
    }
    assertThat(rig.sender.sent).hasSize(2);
  }

  @Test
  void aDispatcherThatWasNeverStartedCloses() {
    try (Rig never = new Rig()) {
      assertThat(never.dispatcher.load().inMemory()).isZero();
    }
  }
}
