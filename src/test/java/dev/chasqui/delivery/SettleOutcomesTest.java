package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.StoreException;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SettleOutcomesTest {

  private final Supervisor supervisor = Supervisor.ofProcess();
  private final Rig rig = new Rig();

  @BeforeEach
  void start() {
    rig.dispatcher.start(supervisor);
  }

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

  /// The batch stands for two deliveries, so that the loop would also try each for itself.
  @Test
  void aListenersFaultWritesNoOutcomeAgain() throws InterruptedException {
    EndpointId endpoint = rig.endpoint("good.test");
    List<Integer> told = new CopyOnWriteArrayList<>();
    SettleOutcomes settling =
        new SettleOutcomes(
            rig.store,
            Rig.DEFAULTS.settling(),
            new Timing(rig.clock, System::nanoTime, new Random(11)),
            (batch, _) -> {
              told.add(batch.size());
              throw new IllegalStateException("on demand");
            });
    List<Work> works = List.of(reserved(endpoint), reserved(endpoint));
    works.forEach(
        work -> {
          Settlement back = new Settlement.Returned(work.id(), work.lease(), rig.clock.instant());
          settling.add(Attempted.untried(work, back, Outcome.CLOSED));
        });
    SupervisedLoop loop = supervisor.loop("settle", settling);
    loop.start();
    assertThat(settling.awaitWritten(Duration.ofSeconds(30))).isTrue();
    loop.expectEnd();
    settling.stop();
    assertThat(loop.awaitEnd(Duration.ofSeconds(30))).isTrue();
    assertThat(told).containsExactly(2);
    assertThat(rig.store.transactions()).isEqualTo(1);
    assertThat(works)
        .allSatisfy(
            work -> assertThat(rig.store.state(work.id())).isEqualTo(DeliveryState.PENDING));
  }

  @Test
  void aLoopThatWaitsForTheStoreSaysSo() {
    EndpointId endpoint = rig.endpoint("good.test");
    rig.store.fail(StoreException.Kind.BUSY);
    DeliveryId id = rig.owe(endpoint);
    awaitReason("delivery-settle", "outcomes wait: on demand");
    rig.dispatcher.dueInStore();
    awaitReason("delivery-claim", "due deliveries cannot be taken: on demand");
    rig.store.fail(null);
    rig.awaitState(id, DeliveryState.DELIVERED);
    awaitReason("delivery-settle", null);
    awaitReason("delivery-claim", null);
  }

  private void awaitReason(String loop, @Nullable String reason) {
    Conditions.until(
        loop + " tells " + reason,
        () ->
            supervisor.loops().stream()
                .anyMatch(it -> it.name().equals(loop) && Objects.equals(it.reason(), reason)));
  }

  private Work reserved(EndpointId endpoint) {
    return rig.reserved(endpoint).toWork(new EarlyBatch(new EarlyBatch.Settle(_ -> {}, _ -> {})));
  }
}
