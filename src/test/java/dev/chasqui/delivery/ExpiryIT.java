package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Policy;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.testkit.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What receivers say about old news, over a real SQLite file.
class ExpiryIT {

  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir Path folder;
  private SqliteRig rig;
  private Dispatcher dispatcher;

  @BeforeEach
  void open() {
    rig = new SqliteRig(folder);
    dispatcher = rig.dispatcher();
    dispatcher.start();
  }

  @AfterEach
  void close() {
    dispatcher.close();
    rig.close();
  }

  private EndpointId endpoint(String host, Policy.Expiry expiry, Duration... schedule) {
    EndpointId id = rig.endpoint(host, schedule);
    Policy.Retry retry = new Policy.Retry(List.of(schedule), 0, false, expiry);
    rig.endpoints.computeIfPresent(
        id, (_, it) -> Policies.withPolicy(it, Policies.withRetry(it.policy(), retry)));
    return id;
  }

  private static Policy.Expiry after(@Nullable Duration age, Policy.TooOld action) {
    return new Policy.Expiry(age, action, false);
  }

  private DeliveryView await(DeliveryId id, DeliveryState state) {
    Conditions.until(
        id + " is " + state,
        () -> {
          rig.move(dispatcher, Duration.ofSeconds(1));
          return rig.view(id).state() == state;
        });
    return rig.view(id);
  }

  /// An event of an hour ago that nobody has tried yet.
  private DeliveryId old(EndpointId endpoint) {
    DeliveryId id = rig.oweSilently(endpoint, 1).getFirst();
    rig.clock.move(HOUR);
    return id;
  }

  @Test
  void aDeliverySaysHowOldItsEventIs() {
    EndpointId endpoint = endpoint("good.test", Policy.Expiry.NONE, HOUR);
    await(old(endpoint), DeliveryState.DELIVERED);
    String age = rig.sender.sent.getFirst().headers().get("Chasqui-Event-Age");
    assertThat(Long.parseLong(Objects.requireNonNull(age))).isBetween(3_600L, 3_700L);
  }

  @Test
  void whatIsTooOldIsADeadLetterAndIsDeliveredIfAnOperatorAsks() {
    EndpointId endpoint =
        endpoint("good.test", after(Duration.ofMinutes(30), new Policy.TooOld.Dead()), HOUR);
    DeliveryId id = old(endpoint);
    assertThat(await(id, DeliveryState.DEAD).ending().deadReason()).isEqualTo("too_old");
    assertThat(rig.sender.sent).isEmpty();
    int _ = rig.store.deliveries().requeue(List.of(id), rig.clock.instant(), null);
    await(id, DeliveryState.DELIVERED);
  }

  @Test
  void orItGoesToTheReceiverThatCatchesUp() {
    EndpointId late = rig.endpoint("late.test", HOUR);
    EndpointId endpoint =
        endpoint("good.test", after(Duration.ofMinutes(30), new Policy.TooOld.Move(late)), HOUR);
    DeliveryId id = old(endpoint);
    assertThat(await(id, DeliveryState.DELIVERED).endpoint()).isEqualTo(late);
    assertThat(rig.sender.countTo("good.test")).isZero();
    assertThat(rig.sender.countTo("late.test")).isOne();
  }

  @Test
  void withoutThatReceiverItDies() {
    EndpointId late = rig.endpoint("late.test", HOUR);
    EndpointId endpoint =
        endpoint("good.test", after(Duration.ofMinutes(30), new Policy.TooOld.Move(late)), HOUR);
    rig.endpoints.remove(late);
    assertThat(await(old(endpoint), DeliveryState.DEAD).ending().deadReason()).isEqualTo("too_old");
  }

  @Test
  void whatWaitsForAFailingReceiverDiesOfAgeToo() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    EndpointId endpoint =
        endpoint("down.test", after(Duration.ofMinutes(30), new Policy.TooOld.Dead()));
    rig.die(dispatcher, endpoint);
    List<DeliveryId> waiting = rig.oweSilently(endpoint, 20);
    rig.clock.move(HOUR);
    waiting.forEach(
        id -> assertThat(await(id, DeliveryState.DEAD).ending().deadReason()).isEqualTo("too_old"));
  }

  @Test
  void aScheduleCanRunOutByTheClockWhileItsReceiverFails() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    Policy.Expiry drop = new Policy.Expiry(null, new Policy.TooOld.Deliver(), true);
    Duration wait = Duration.ofMinutes(5);
    EndpointId endpoint = endpoint("down.test", drop, wait);
    List<DeliveryId> waiting = rig.oweSilently(endpoint, 50);
    Conditions.until(
        "it is failing",
        () -> {
          rig.move(dispatcher, Duration.ofSeconds(1));
          return dispatcher.health(endpoint).state() == EndpointHealth.State.FAILING;
        });
    List<DeliveryId> later = rig.oweSilently(endpoint, 50);
    rig.clock.move(wait.plusMinutes(1));
    later.forEach(id -> await(id, DeliveryState.DEAD));
    waiting.forEach(id -> await(id, DeliveryState.DEAD));
    DeadPayload kept = rig.store.deliveries().deadPayload(later.getLast());
    assertThat(Objects.requireNonNull(kept).fact().length()).isPositive();
  }

  @Test
  void theClockEndsABacklogOfWhichHardlyAnAttemptWasMade() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    EndpointId endpoint = endpoint("down.test", Policy.Expiry.NONE);
    rig.die(dispatcher, endpoint);
    List<DeliveryId> waiting = rig.oweSilently(endpoint, 50);
    expire(endpoint, Collections.nCopies(6, HOUR));
    long before = rig.sender.countTo("down.test");
    rig.clock.move(HOUR.multipliedBy(7));
    assertThat(waiting.stream().map(id -> await(id, DeliveryState.DEAD).ending().deadReason()))
        .filteredOn("schedule_exhausted"::equals)
        .as("most of them are never tried")
        .hasSizeGreaterThan(25);
    assertThat(rig.sender.countTo("down.test") - before).isLessThan(25);
  }

  @Test
  void aProbeAfterTheEndOfItsScheduleIsTheLastAttempt() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    EndpointId endpoint = endpoint("down.test", Policy.Expiry.NONE);
    rig.die(dispatcher, endpoint);
    expire(endpoint, List.of(HOUR));
    long before = rig.sender.countTo("down.test");
    DeliveryId late = rig.oweSilently(endpoint, 1).getFirst();
    Instant start = rig.clock.instant();
    rig.clock.move(Duration.ofMinutes(30));
    Conditions.until(
        "it is tried",
        () -> {
          rig.move(dispatcher, Duration.ofSeconds(1));
          return rig.sender.countTo("down.test") > before && !rig.view(late).attempts().isEmpty();
        });
    rig.clock.move(Duration.ofMinutes(31));
    assertThat(await(late, DeliveryState.DEAD).attempts()).hasSizeGreaterThan(1);
    assertThat(rig.clock.instant())
        .as("before its retry is due")
        .isBefore(start.plus(Duration.ofMinutes(89)));
  }

  private void expire(EndpointId endpoint, List<Duration> schedule) {
    Policy.Expiry drop = new Policy.Expiry(null, new Policy.TooOld.Deliver(), true);
    Policy.Retry retry = new Policy.Retry(schedule, 0, false, drop);
    rig.endpoints.computeIfPresent(
        endpoint, (_, it) -> Policies.withPolicy(it, Policies.withRetry(it.policy(), retry)));
  }

  @Test
  void noBacklogIsKeptForEver() {
    rig.sender.on("down.test", ScriptedSender.status(503));
    EndpointId endpoint = endpoint("down.test", Policy.Expiry.NONE);
    rig.die(dispatcher, endpoint);
    List<DeliveryId> waiting = rig.oweSilently(endpoint, 20);
    rig.clock.move(Duration.ofDays(8));
    waiting.forEach(id -> await(id, DeliveryState.DEAD));
    assertThat(rig.sender.countTo("down.test")).isLessThan(20);
  }
}
