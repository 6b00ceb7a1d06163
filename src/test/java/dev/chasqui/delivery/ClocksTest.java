package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.Lease;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A wall clock that is set forward or back neither loses a delivery nor makes it twice.
class ClocksTest {

  private final CountDownLatch latch = new CountDownLatch(1);
  private final Rig rig = Rig.started();

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
  }

  @Test
  void aJumpForwardDoesNotTakeAwayWhatIsUnderWay() {
    EndpointId endpoint = rig.endpoint("slow.test");
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    DeliveryId id = rig.owe(endpoint);
    Conditions.until("it is under way", () -> rig.sender.sent.size() == 1);
    rig.clock.jump(Duration.ofHours(1));
    rig.dispatcher.endpointsChanged();
    EndpointId other = rig.endpoint("good.test");
    rig.awaitState(rig.oweAndAsk(other), DeliveryState.DELIVERED);
    latch.countDown();
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.sender.countTo("slow.test")).isOne();
    assertThat(rig.lost.get()).isZero();
  }

  @Test
  void aJumpBackDoesNotStopLiveTraffic() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.awaitState(rig.owe(endpoint), DeliveryState.DELIVERED);
    rig.clock.jump(Duration.ofHours(-1));
    rig.awaitState(rig.owe(endpoint), DeliveryState.DELIVERED);
    rig.awaitState(rig.oweAndAsk(endpoint), DeliveryState.DELIVERED);
  }

  @Test
  void aRetryOutlivesAJumpBack() {
    EndpointId endpoint = rig.endpoint("bad.test");
    rig.sender.on("bad.test", ScriptedSender.status(500));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.clock.jump(Duration.ofHours(-1));
    rig.sender.on("bad.test", ScriptedSender.status(200));
    rig.move(Duration.ofMinutes(30));
    rig.awaitIdle();
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.RETRYING);
    rig.move(Duration.ofMinutes(31));
    rig.awaitState(id, DeliveryState.DELIVERED);
  }

  @Test
  void aDeadNodesWorkIsTakenOverWhenItsLeaseHasRunOut() {
    EndpointId endpoint = rig.endpoint("good.test");
    DeliveryId id = rig.oweSilently(endpoint);
    Instant now = rig.clock.instant();
    rig.store.claim(endpoint, new Lease("dead", 5, now.plusSeconds(300)), now, 1);
    rig.move(Duration.ofSeconds(299));
    rig.awaitState(rig.oweAndAsk(endpoint), DeliveryState.DELIVERED);
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.LEASED);
    rig.move(Duration.ofSeconds(2));
    rig.awaitState(id, DeliveryState.DELIVERED);
  }

  @Test
  void aDeliveryThatWaitedTooLongForItsTurnGoesBackInsteadOfBeingSentTwice() {
    EndpointId endpoint = rig.endpoint("slow.test", Policies.of(1, null));
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    rig.owe(endpoint);
    DeliveryId second = rig.owe(endpoint);
    Conditions.until("one is under way", () -> rig.sender.sent.size() == 1);
    rig.clock.move(Duration.ofMinutes(5));
    latch.countDown();
    rig.awaitState(second, DeliveryState.DELIVERED);
    assertThat(rig.sender.countTo("slow.test")).isEqualTo(2);
  }
}
