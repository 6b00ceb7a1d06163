package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.ScriptedSender.Receiver;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.model.SendResult;
import dev.chasqui.model.SendResult.Failure;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What becomes of a backlog when its receiver answers again, and of attempts that break off.
class OutageTest {

  private static final Duration STEP = Duration.ofMillis(100);
  private static final Receiver DOWN = ScriptedSender.failure(Failure.CONNECT_FAILED);
  private static final Receiver UP = ScriptedSender.status(200);

  private final Rig rig = Rig.started();

  @AfterEach
  void close() {
    rig.close();
  }

  private static Policy patient() {
    return Policies.of(Duration.ofHours(5), Duration.ofHours(10));
  }

  /// An endpoint that is failing, with a backlog that waits for its schedule.
  private EndpointId failing(String host, int backlog, List<DeliveryId> owed) {
    return failing(rig.endpoint(host, patient()), host, backlog, owed);
  }

  private EndpointId failing(EndpointId endpoint, String host, int backlog, List<DeliveryId> owed) {
    rig.sender.on(host, DOWN);
    for (int i = 0; i < backlog; i++) {
      rig.clock.move(Duration.ofMillis(5));
      owed.add(rig.owe(endpoint));
      rig.awaitIdle();
    }
    rig.tickUntil("it is failing", Duration.ofMillis(1), () -> isFailing(endpoint));
    return endpoint;
  }

  private boolean isFailing(EndpointId endpoint) {
    return rig.dispatcher.health(endpoint).state() == EndpointHealth.State.FAILING;
  }

  private boolean isAllDelivered(List<DeliveryId> owed) {
    return owed.stream().allMatch(it -> rig.store.state(it) == DeliveryState.DELIVERED);
  }

  @Test
  void aDeadLetterIsSettledThoughItsEventCannotBeReadAndKeepsItLater() {
    EndpointId endpoint = rig.endpoint("refuses.test");
    rig.sender.on("refuses.test", ScriptedSender.status(404));
    rig.facts.unreadable(true);
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.store.history(id)).hasSize(1);
    for (int i = 0; i < 5; i++) {
      rig.tick(Duration.ofSeconds(1));
      rig.awaitIdle();
    }
    assertThat(rig.sender.countTo("refuses.test")).isOne();
    rig.facts.unreadable(false);
    rig.tickUntil(
        "its event is kept", Duration.ofSeconds(1), () -> rig.store.deadPayload(id) != null);
    assertThat(Objects.requireNonNull(rig.store.deadPayload(id)).fact().length()).isPositive();
  }

  @Test
  void aReceiverThatIsGoneGetsNothingTwiceThoughItCannotBeSwitchedOffAtOnce() {
    EndpointId endpoint = rig.endpoint("gone.test");
    rig.sender.on("gone.test", ScriptedSender.status(410));
    rig.isSwitchStuck = true;
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.DEAD);
    assertThat(rig.sender.countTo("gone.test")).isOne();
    rig.isSwitchStuck = false;
    rig.tickUntil(
        "it is switched off",
        Duration.ofSeconds(1),
        () ->
            Objects.requireNonNull(rig.endpoints.get(endpoint)).identity().switched()
                == Endpoint.Switch.DISABLED);
  }

  @Test
  void anExchangeThatBreaksOffCounts() {
    EndpointId endpoint = rig.endpoint("odd.test");
    rig.sender.on(
        "odd.test",
        _ -> {
          throw new IllegalStateException("a bug of ours");
        });
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.history(id))
        .singleElement()
        .extracting("outcome")
        .isEqualTo("internal_error");
    rig.tick(Duration.ofSeconds(5));
    assertThat(rig.sender.countTo("odd.test")).isOne();
    rig.tickUntil(
        "it dies of it", Duration.ofSeconds(5), () -> rig.store.state(id) == DeliveryState.DEAD);
    assertThat(rig.sender.countTo("odd.test")).isEqualTo(3);
  }

  @Test
  void anErrorInAnExchangeCountsToo() {
    EndpointId endpoint = rig.endpoint("odd.test");
    rig.sender.on(
        "odd.test",
        _ -> {
          throw new StackOverflowError();
        });
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.history(id))
        .singleElement()
        .extracting("outcome")
        .isEqualTo("internal_error");
    rig.tick(Duration.ofSeconds(5));
    assertThat(rig.sender.countTo("odd.test")).isOne();
  }

  @Test
  void aFaultOfOursBehindTheExchangeCounts() {
    EndpointId endpoint = rig.endpoint("odd.test");
    rig.sender.on("odd.test", _ -> unreadable());
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    assertThat(rig.store.history(id))
        .singleElement()
        .extracting("outcome")
        .isEqualTo("internal_error");
    rig.tick(Duration.ofSeconds(5));
    assertThat(rig.sender.countTo("odd.test")).isOne();
  }

  @SuppressWarnings("NullAway")
  private static SendResult unreadable() {
    return new SendResult.Failed(null, "a bug of ours", ScriptedSender.TOOK);
  }

  @Test
  void aBacklogGoesOutOldestFirstAsSoonAsItsReceiverAnswers() {
    List<DeliveryId> owed = new ArrayList<>();
    // One at a time: of several under way nobody knows which is sent first.
    EndpointId endpoint =
        rig.endpoint("back.test", Policies.of(1, null, Duration.ofHours(5), Duration.ofHours(10)));
    failing(endpoint, "back.test", 20, owed);
    Instant up = rig.clock.instant();
    long before = rig.sender.countTo("back.test");
    rig.sender.on("back.test", UP);
    rig.tickUntil("all is delivered", STEP, () -> isAllDelivered(owed));
    assertThat(Duration.between(up, rig.clock.instant())).isLessThan(Duration.ofMinutes(1));
    List<String> order =
        rig.sender.sent.stream()
            .skip(before)
            .map(it -> it.headers().get("Chasqui-Delivery-Id"))
            .distinct()
            .toList();
    assertThat(order).hasSize(20);
    // The probe may be any; what follows it is in the order in which it came.
    assertThat(order.subList(1, order.size())).isSorted();
  }

  @Test
  void aFailingEndpointIsProbedWithinItsPauseAndProbesUseUpNoSchedule() {
    List<DeliveryId> owed = new ArrayList<>();
    EndpointId endpoint = failing("down.test", 12, owed);
    for (int i = 0; i < 60; i++) {
      long before = rig.sender.countTo("down.test");
      Instant from = rig.clock.instant();
      rig.tickUntil("a probe", STEP, () -> rig.sender.countTo("down.test") > before);
      rig.awaitIdle();
      assertThat(Duration.between(from, rig.clock.instant())).isLessThan(Duration.ofSeconds(30));
    }
    assertThat(isFailing(endpoint)).isTrue();
    assertThat(rig.store.count(DeliveryState.DEAD)).isZero();
  }

  @Test
  void anEditOfTheAddressSendsTheBacklogThereAtOnce() {
    List<DeliveryId> owed = new ArrayList<>();
    EndpointId endpoint = failing("old.test", 15, owed);
    rig.endpoints.computeIfPresent(
        endpoint, (_, it) -> Policies.movedTo(it, "https://new.test/hook"));
    rig.dispatcher.endpointsChanged();
    rig.tickUntil("all is delivered", STEP, () -> isAllDelivered(owed));
    assertThat(rig.sender.countTo("new.test")).isEqualTo(15);
  }

  @Test
  void theSameForOneThatIsNotFailingYet() {
    EndpointId endpoint = rig.endpoint("old.test", patient());
    rig.sender.on("old.test", DOWN);
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.tick(STEP);
    rig.endpoints.computeIfPresent(
        endpoint, (_, it) -> Policies.movedTo(it, "https://new.test/hook"));
    rig.dispatcher.endpointsChanged();
    rig.awaitState(id, DeliveryState.DELIVERED);
  }

  @Test
  void resumingSendsTheBacklogAtOnce() {
    EndpointId endpoint = rig.endpoint("down.test", patient());
    rig.sender.on("down.test", DOWN);
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.switchTo(endpoint, Endpoint.Switch.PAUSED);
    rig.dispatcher.endpointsChanged();
    rig.tick(STEP);
    rig.sender.on("down.test", UP);
    rig.switchTo(endpoint, Endpoint.Switch.ON);
    rig.dispatcher.endpointsChanged();
    rig.awaitState(id, DeliveryState.DELIVERED);
  }

  @Test
  void retryingNowTriesAllThatWaits() {
    EndpointId endpoint = rig.endpoint("down.test", patient());
    rig.sender.on("down.test", DOWN);
    List<DeliveryId> owed = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      owed.add(rig.owe(endpoint));
    }
    owed.forEach(it -> rig.awaitState(it, DeliveryState.RETRYING));
    rig.tick(STEP);
    rig.sender.on("down.test", UP);
    rig.dispatcher.retryNow(endpoint);
    owed.forEach(it -> rig.awaitState(it, DeliveryState.DELIVERED));
    assertThat(rig.store.marks()).isEmpty();
  }

  @Test
  void aRestartRemembersWhoIsFailing() {
    List<DeliveryId> owed = new ArrayList<>();
    EndpointId endpoint = failing("down.test", 12, owed);
    Conditions.until("it is marked", () -> !rig.store.marks().isEmpty());
    rig.dispatcher.close();
    try (Dispatcher next = rig.newDispatcher("node", Rig.DEFAULTS)) {
      next.start();
      assertThat(next.health(endpoint).state()).isEqualTo(EndpointHealth.State.FAILING);
      rig.sender.on("down.test", UP);
      Conditions.until(
          "all is delivered",
          () -> {
            rig.clock.move(STEP);
            next.timePassed();
            return isAllDelivered(owed);
          });
      Conditions.until("it is forgotten", () -> rig.store.marks().isEmpty());
    }
  }

  @Test
  void aRetryThatWasWrittenUnderAWrongClockWaitsNoLongerThanTheSchedule() {
    EndpointId endpoint = rig.endpoint("flaky.test");
    rig.sender.on("flaky.test", ScriptedSender.status(503));
    rig.clock.jump(Duration.ofDays(365));
    DeliveryId id = rig.owe(endpoint);
    rig.awaitState(id, DeliveryState.RETRYING);
    rig.sender.on("flaky.test", UP);
    rig.clock.jump(Duration.ofDays(-365));
    rig.dispatcher.dueInStore();
    Instant latest = rig.clock.instant().plus(Duration.ofHours(25));
    Conditions.until("it is brought forward", () -> rig.store.dueAt(id).isBefore(latest));
    rig.move(Duration.ofHours(25));
    rig.awaitState(id, DeliveryState.DELIVERED);
  }
}
