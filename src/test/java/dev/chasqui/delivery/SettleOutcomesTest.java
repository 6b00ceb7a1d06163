package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettleOutcomesTest {

  private final Rig rig = Rig.started();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void oneRefusedOutcomeDoesNotHoldUpTheOthers() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.fail(StoreException.Kind.BUSY);
    List<DeliveryId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(rig.owe(endpoint));
    }
    DeliveryId poison = ids.get(4);
    rig.store.refuse(settlement -> settlement.id().equals(poison));
    Conditions.until("all are sent", () -> rig.sender.sent.size() == 10);
    rig.store.fail(null);
    rig.awaitIdle();
    assertThat(rig.store.count(DeliveryState.DELIVERED)).isEqualTo(9);
    assertThat(rig.store.state(poison)).isEqualTo(DeliveryState.LEASED);
  }

  @Test
  void anOutcomeThatIsRefusedForItsTextIsWrittenWithout() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.refuse(
        it -> it instanceof Settlement.Delivered done && done.attempt().responseBody() != null);
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DELIVERED);
    assertThat(rig.store.history(id).getFirst().responseBody()).isNull();
  }

  @Test
  void whoWaitsForWhatIsKnownReadsItInTheStore() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.fail(StoreException.Kind.BUSY);
    DeliveryId id = rig.owe(endpoint);
    Conditions.until(
        "it is answered", () -> rig.dispatcher.health(endpoint).consecutiveSuccesses() > 0);
    assertThat(rig.dispatcher.awaitWritten(Duration.ofMillis(20))).isFalse();
    rig.store.fail(null);
    assertThat(rig.dispatcher.awaitWritten(Duration.ofSeconds(30))).isTrue();
    assertThat(rig.store.state(id)).isEqualTo(DeliveryState.DELIVERED);
  }

  @Test
  void outcomesThatWaitedAreWrittenTogether() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.fail(StoreException.Kind.GONE);
    for (int i = 0; i < 100; i++) {
      rig.owe(endpoint);
    }
    Conditions.until("all are sent", () -> rig.sender.sent.size() == 100);
    rig.store.fail(null);
    rig.awaitIdle();
    assertThat(rig.store.count(DeliveryState.DELIVERED)).isEqualTo(100);
    assertThat(rig.store.transactions()).isLessThan(20);
  }
}
