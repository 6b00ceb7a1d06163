package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.DeliverySettings.Claiming;
import dev.chasqui.delivery.DeliverySettings.HealthRules;
import dev.chasqui.delivery.DeliverySettings.Memory;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.outbound.Sender;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What keeps one receiver from the others' share, and all of them from the machine's.
class BoundsTest {

  private static final Duration POLL = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final CountDownLatch latch = new CountDownLatch(1);
  private final Rig rig = new Rig(settings(new Memory(400, 1_000, 20), 10)).start();

  private static DeliverySettings settings(Memory memory, int failuresUntilFailing) {
    DeliverySettings defaults = Rig.DEFAULTS;
    return new DeliverySettings(
        defaults.userAgent(),
        memory,
        defaults.lanes(),
        new Claiming(5, POLL, LEASE),
        defaults.settling(),
        new HealthRules(failuresUntilFailing, Duration.ofSeconds(1), Duration.ofMinutes(10)),
        defaults.answers());
  }

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
  }

  @Test
  void p4AReceiverThatHangsDoesNotHoldUpAnother() {
    EndpointId hung = rig.endpoint("hung.test", Policies.of(8, null));
    EndpointId good = rig.endpoint("good.test", Policies.of(8, null));
    rig.sender.on("hung.test", ScriptedSender.hanging(latch));
    List<DeliveryId> owedToGood = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      rig.owe(hung);
      owedToGood.add(rig.owe(good));
    }
    owedToGood.forEach(id -> rig.awaitState(id, DeliveryState.DELIVERED));
    assertThat(rig.sender.countTo("hung.test")).isEqualTo(8);
    assertThat(latch.getCount()).isOne();
    latch.countDown();
    Conditions.until("all are delivered", () -> rig.store.count(DeliveryState.DELIVERED) == 400);
  }

  @Test
  void anEndpointHasNoMoreInFlightThanItsPolicySays() {
    EndpointId endpoint = rig.endpoint("good.test", Policies.of(3, null));
    for (int i = 0; i < 100; i++) {
      rig.owe(endpoint);
    }
    Conditions.until("all are done", () -> rig.store.count(DeliveryState.DELIVERED) == 100);
    assertThat(rig.sender.mostInFlight.get()).isLessThanOrEqualTo(3);
  }

  @Test
  void oneEndpointHoldsNoMoreInMemoryThanItsShare() {
    EndpointId hung = rig.endpoint("hung.test", Policies.of(2, null));
    rig.sender.on("hung.test", ScriptedSender.hanging(latch));
    for (int i = 0; i < 30; i++) {
      rig.owe(hung);
    }
    assertThat(rig.dispatcher.load().inMemory()).isLessThanOrEqualTo(20);
    assertThat(rig.dispatcher.reserve(hung, Priority.MESSAGES)).isNull();
    EndpointId good = rig.endpoint("good.test");
    rig.awaitState(rig.owe(good), DeliveryState.DELIVERED);
  }

  @Test
  void howeverManyEndpointsHangTheNextOneFindsRoom() {
    for (int i = 0; i < 10; i++) {
      String host = "hung" + i + ".test";
      rig.sender.on(host, ScriptedSender.hanging(latch));
      EndpointId hung = rig.endpoint(host);
      for (int owed = 0; owed < 30; owed++) {
        rig.owe(hung);
      }
    }
    assertThat(rig.dispatcher.load().inMemory()).isLessThan(200);
    EndpointId good = rig.endpoint("good.test");
    rig.awaitState(rig.owe(good), DeliveryState.DELIVERED);
    rig.awaitState(rig.oweAndAsk(good), DeliveryState.DELIVERED);
  }

  @Test
  void newEndpointsTogetherTakeHalfOfTheMemory() {
    for (int i = 0; i < 300; i++) {
      EndpointId endpoint = rig.endpoint("e" + i + ".test");
      boolean reserved = rig.dispatcher.reserve(endpoint, Priority.MESSAGES) != null;
      assertThat(reserved).isEqualTo(i < 200);
    }
    assertThat(rig.dispatcher.load().inMemory()).isEqualTo(200);
  }

  @Test
  void bodiesAboveTheBoundAreReadBackFromTheJournal() {
    EndpointId hung = rig.endpoint("hung.test", Policies.of(1, null));
    rig.sender.on("hung.test", ScriptedSender.hanging(latch));
    List<DeliveryId> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(rig.owe(hung));
    }
    assertThat(rig.dispatcher.load().bodyBytes()).isBetween(900L, 1_000L);
    latch.countDown();
    ids.forEach(id -> rig.awaitState(id, DeliveryState.DELIVERED));
    assertThat(rig.facts.loads()).isBetween(1, 10);
    rig.awaitIdle();
    assertThat(rig.dispatcher.load().bodyBytes()).isZero();
    assertThat(rig.sender.sent.stream().map(Sender.Outbound::body).distinct()).hasSize(20);
  }

  @Test
  void aFailingEndpointIsProbedWithOneAtATimeAndKeepsItsBacklogInTheStore() {
    EndpointId bad = rig.endpoint("bad.test", Policies.of(4, null, Duration.ofHours(1)));
    rig.sender.on("bad.test", ScriptedSender.status(500));
    for (int i = 0; i < 20; i++) {
      rig.owe(bad);
    }
    Conditions.until(
        "it is failing", () -> rig.dispatcher.health(bad).state() == EndpointHealth.State.FAILING);
    assertThat(rig.dispatcher.reserve(bad, Priority.MESSAGES)).isNull();
    rig.awaitIdle();
    long before = rig.sender.countTo("bad.test");
    rig.move(Duration.ofSeconds(2));
    Conditions.until("a probe", () -> rig.sender.countTo("bad.test") == before + 1);
    rig.awaitIdle();
    assertThat(rig.sender.countTo("bad.test")).isEqualTo(before + 1);
    assertThat(rig.store.count(DeliveryState.PENDING)).isPositive();
  }

  @Test
  void whatWasReservedBeforeAnEndpointFellGoesBackToTheStore() {
    EndpointId bad = rig.endpoint("bad.test", Policies.of(4, null, Duration.ofHours(1)));
    rig.sender.on("bad.test", ScriptedSender.status(500));
    List<EarlyDelivery> early = List.of(rig.reserved(bad), rig.reserved(bad), rig.reserved(bad));
    for (int i = 0; i < 20; i++) {
      rig.owe(bad);
    }
    Conditions.until(
        "it is failing", () -> rig.dispatcher.health(bad).state() == EndpointHealth.State.FAILING);
    early.forEach(it -> rig.handOver(rig.dispatcher, it));
    rig.awaitIdle();
    assertThat(rig.store.state(early.getFirst().owed().id())).isEqualTo(DeliveryState.PENDING);
  }

  @Test
  void aFailingEndpointRecoversWithItsNextSuccess() {
    EndpointId bad = rig.endpoint("bad.test", Policies.of(4, null, Duration.ofHours(1)));
    rig.sender.on("bad.test", ScriptedSender.status(500));
    for (int i = 0; i < 20; i++) {
      rig.owe(bad);
    }
    Conditions.until(
        "it is failing", () -> rig.dispatcher.health(bad).state() == EndpointHealth.State.FAILING);
    // What is under way still meets the old answer: a success among it would recover too early.
    rig.awaitIdle();
    rig.sender.on("bad.test", ScriptedSender.status(200));
    rig.move(Duration.ofHours(1));
    Conditions.until("all are done", () -> rig.store.count(DeliveryState.DELIVERED) == 20);
    assertThat(rig.changes.stream().map(EndpointHealth::state))
        .containsExactly(
            EndpointHealth.State.DEGRADED,
            EndpointHealth.State.FAILING,
            EndpointHealth.State.HEALTHY);
  }

  @Test
  void aBacklogIsClaimedInPortionsUntilItIsGone() {
    EndpointId endpoint = rig.endpoint("good.test");
    for (int i = 0; i < 100; i++) {
      rig.oweSilently(endpoint);
    }
    rig.dispatcher.endpointsChanged();
    Conditions.until("all are done", () -> rig.store.count(DeliveryState.DELIVERED) == 100);
    assertThat(rig.store.largestClaim()).isEqualTo(5);
  }
}
