package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Priority;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Days on which receivers, names and operators do their worst.
class EngineBadDaysTest {

  private final Rig rig = Rig.started();
  private final CountDownLatch latch = new CountDownLatch(1);

  @AfterEach
  void close() {
    latch.countDown();
    rig.close();
  }

  /// A receiver that is down until it is up, and watches how it is met afterwards.
  private static final class Recovering {
    private final AtomicBoolean isUp = new AtomicBoolean();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger steepest = new AtomicInteger();

    ScriptedSender.Receiver receiver() {
      return request -> {
        if (!isUp.get()) {
          return ScriptedSender.failure(Failure.CONNECT_FAILED).answer(request);
        }
        int before = answered.get();
        int now = inFlight.incrementAndGet();
        steepest.accumulateAndGet(now - before, Math::max);
        Thread.onSpinWait();
        answered.incrementAndGet();
        inFlight.decrementAndGet();
        return ScriptedSender.answered(200, null);
      };
    }
  }

  @Test
  void allReceiversDownForAnHourGetEverythingInABoundedRamp() {
    List<Recovering> receivers = new ArrayList<>();
    List<EndpointId> endpoints = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Recovering receiver = new Recovering();
      receivers.add(receiver);
      rig.sender.on("e" + i + ".test", receiver.receiver());
      endpoints.add(rig.endpoint("e" + i + ".test", hourly()));
    }
    for (int minute = 0; minute < 60; minute++) {
      endpoints.forEach(rig::owe);
      endpoints.forEach(rig::owe);
      rig.move(Duration.ofMinutes(1));
    }
    for (EndpointId id : endpoints) {
      Conditions.until(
          id + " is failing",
          () -> rig.dispatcher.health(id).state() == EndpointHealth.State.FAILING);
    }
    receivers.forEach(receiver -> receiver.isUp.set(true));
    Conditions.until(
        "all is delivered",
        () -> {
          rig.move(Duration.ofSeconds(30));
          return rig.store.count(DeliveryState.DELIVERED) == 600;
        });
    assertThat(rig.store.count(DeliveryState.DEAD)).isZero();
    receivers.forEach(it -> assertThat(it.steepest.get()).isLessThanOrEqualTo(1));
  }

  /// Twenty tries, a few minutes apart.
  private static Policy hourly() {
    Duration[] waits = new Duration[20];
    Arrays.fill(waits, Duration.ofMinutes(5));
    return Policies.of(16, null, waits);
  }

  @Test
  void aMinuteWithoutAResolverLosesNothingEvenWhereUnknownNamesCancel() {
    EndpointId endpoint = rig.endpoint("named.test", new TurnDialect().defaults());
    rig.sender.on("named.test", ScriptedSender.failure(Failure.RESOLVER_DOWN));
    List<DeliveryId> owed = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      owed.add(rig.owe(endpoint));
    }
    for (int second = 0; second < 60; second += 5) {
      rig.move(Duration.ofSeconds(5));
      rig.awaitIdle();
    }
    assertThat(rig.store.count(DeliveryState.DEAD)).isZero();
    rig.sender.on("named.test", ScriptedSender.status(200));
    Conditions.until(
        "all is delivered",
        () -> {
          rig.move(Duration.ofSeconds(5));
          return rig.store.count(DeliveryState.DELIVERED) == owed.size();
        });
  }

  @Test
  void aNameThatDoesNotExistCancelsAtOnceWhereTheDialectSaysSo() {
    EndpointId turn = rig.endpoint("gone.test", new TurnDialect().defaults());
    EndpointId other = rig.endpoint("gone.test");
    rig.sender.on("gone.test", ScriptedSender.failure(Failure.UNRESOLVABLE));
    DeliveryId cancelled = rig.owe(turn);
    rig.awaitState(cancelled, DeliveryState.DEAD);
    assertThat(rig.store.deadReason(cancelled)).isEqualTo("unresolvable");
    rig.awaitState(rig.owe(other), DeliveryState.RETRYING);
  }

  @Test
  void anEndpointDeletedWithABacklogHoldsUpNobody() {
    EndpointId old = rig.endpoint("old.test");
    rig.switchTo(old, Endpoint.Switch.PAUSED);
    List<DeliveryId> owed = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      owed.add(rig.oweSilently(old));
    }
    EndpointId good = rig.endpoint("good.test");
    rig.endpoints.remove(old);
    rig.dispatcher.endpointsChanged();
    rig.awaitState(rig.owe(good), DeliveryState.DELIVERED);
    Conditions.until("all is dead", () -> rig.store.count(DeliveryState.DEAD) == 5_000);
    for (DeliveryId id : owed) {
      assertThat(rig.store.deadReason(id)).isEqualTo("endpoint_deleted");
    }
    Conditions.until("and kept", () -> rig.store.deadPayload(owed.getLast()) != null);
    assertThat(rig.sender.countTo("old.test")).isZero();
  }

  @Test
  void aMessageNeedNotWaitForAPlaceThatStatusesHold() {
    EndpointId endpoint = rig.endpoint("slow.test", Policies.of(8, null));
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    for (int i = 0; i < 100; i++) {
      rig.owe(endpoint, Priority.STATUSES);
    }
    Conditions.until("statuses are under way", () -> rig.sender.countTo("slow.test") == 7);
    rig.sender.on("slow.test", ScriptedSender.status(200));
    DeliveryId message = rig.owe(endpoint, Priority.MESSAGES);
    rig.awaitState(message, DeliveryState.DELIVERED);
    assertThat(latch.getCount()).isOne();
  }

  /// An endpoint that may have more under way than its lane lets it.
  @Test
  void norForOneThatStatusesHoldBecauseTheLaneHasNoMore() {
    EndpointId endpoint = rig.endpoint("slow.test", Policies.of(1_000, null));
    rig.sender.on("slow.test", ScriptedSender.hanging(latch));
    int lane = Rig.DEFAULTS.lanes().normal();
    for (int i = 0; i < lane; i++) {
      rig.owe(endpoint, Priority.STATUSES);
    }
    Conditions.until(
        "statuses have what one endpoint may have of the lane, but for what is kept for messages",
        () -> rig.sender.countTo("slow.test") >= lane * 7 / 16);
    assertThat(rig.sender.countTo("slow.test")).isLessThan(lane / 2);
    rig.sender.on("slow.test", ScriptedSender.status(200));
    rig.awaitState(rig.owe(endpoint, Priority.MESSAGES), DeliveryState.DELIVERED);
    assertThat(latch.getCount()).isOne();
  }

  @Test
  void aFloodOfStatusesLeavesRoomInMemoryForMessages() {
    EndpointId endpoint = rig.endpoint("slow.test");
    int statuses = 0;
    while (rig.dispatcher.reserve(endpoint, Priority.STATUSES) != null) {
      statuses++;
    }
    assertThat(statuses).isPositive();
    for (int i = 0; i < statuses / 10; i++) {
      assertThat(rig.dispatcher.reserve(endpoint, Priority.MESSAGES)).isNotNull();
    }
  }
}
