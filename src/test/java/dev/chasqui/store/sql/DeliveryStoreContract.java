package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.DeliveryStore.Waiting;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

abstract class DeliveryStoreContract extends StoreContract {

  private static final DeliveryId FIRST = deliveryId(1, ENDPOINT);
  private static final DeadPayload PAYLOAD = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));

  DeliveryStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  final void owe(Owed... owed) {
    store.projection().commit(Samples.batch(0, List.of(), List.of(owed)));
  }

  final DeliveryView view(DeliveryId id) {
    return store.deliveryViews().find(id).orElseThrow();
  }

  private List<DeliveryId> claim(long fence, int second, int limit) {
    return store.deliveries().claim(ENDPOINT, lease(fence), at(second), limit).stream()
        .map(Claimed::id)
        .toList();
  }

  @Test
  void claimTakesWhatIsDueOldestFirstUpToTheLimit() {
    owe(owed(3, ENDPOINT, null), owed(1, ENDPOINT, null), owed(2, ENDPOINT, null));
    owe(owed(9, ENDPOINT, null), owed(1, Samples.endpointId(2), null));
    assertThat(claim(1, 5, 2)).containsExactly(FIRST, deliveryId(2, ENDPOINT));
    assertThat(claim(2, 5, 9)).containsExactly(deliveryId(3, ENDPOINT));
    assertThat(claim(3, 5, 9)).isEmpty();
  }

  @Test
  void aClaimedDeliveryHasAllThatItsAttemptNeeds() {
    Owed owed =
        new Owed(
            FIRST,
            owed(1, ENDPOINT, null).source(),
            ENDPOINT,
            "0.0.1,0.0.2",
            Place.FREE,
            at(1),
            null);
    owe(owed);
    assertThat(store.deliveries().claim(ENDPOINT, lease(4), at(1), 1))
        .containsExactly(
            new Claimed(
                FIRST, owed.source(), ENDPOINT, "0.0.1,0.0.2", Past.NONE, Place.FREE, lease(4)));
  }

  @Test
  void manyCallersNeverGetTheSameDelivery() throws Exception {
    int count = 200;
    owe(IntStream.range(0, count).mapToObj(i -> owed(i, ENDPOINT, null)).toArray(Owed[]::new));
    List<DeliveryId> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<DeliveryId>>> callers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        long fence = i;
        callers.add(() -> claimAll(fence));
      }
      for (Future<List<DeliveryId>> claimed : threads.invokeAll(callers)) {
        all.addAll(claimed.get());
      }
    }
    assertThat(all).hasSize(count);
    assertThat(new HashSet<>(all)).hasSize(count);
  }

  private List<DeliveryId> claimAll(long fence) {
    List<DeliveryId> all = new ArrayList<>();
    for (int empty = 0; empty < 3; ) {
      List<DeliveryId> some = claim(fence, 500, 7);
      // With SKIP LOCKED an empty answer can mean that others hold the rows just now.
      empty = some.isEmpty() ? empty + 1 : 0;
      all.addAll(some);
    }
    return all;
  }

  @Test
  void whatWasHandedOverLeasedIsNotClaimed() {
    owe(owed(1, ENDPOINT, lease(1)));
    assertThat(claim(2, 50, 9)).isEmpty();
    assertThat(view(FIRST).state()).isEqualTo(DeliveryState.LEASED);
  }

  @Test
  void deliveredAtTheFirstTry() {
    owe(owed(1, ENDPOINT, lease(1)));
    Attempt attempt = attempt(2, "delivered");
    assertThat(settle(new Settlement.Delivered(FIRST, lease(1), attempt))).isEmpty();
    DeliveryView view = view(FIRST);
    assertThat(view.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(view.attempts()).containsExactly(attempt);
    assertThat(view.ending().attemptCount()).isEqualTo(1);
    assertThat(view.ending().nextAttemptAt()).isNull();
    assertThat(store.deliveries().oldestOwedPosition()).isEmpty();
  }

  private Set<DeliveryId> settle(Settlement... settlements) {
    return store.deliveries().settle(List.of(settlements), at(1_000));
  }

  @Test
  void retriedThenDelivered() {
    owe(owed(1, ENDPOINT, lease(1)));
    settle(new Settlement.Retry(FIRST, lease(1), attempt(2, "server_error"), at(30)));
    assertThat(view(FIRST).state()).isEqualTo(DeliveryState.RETRYING);
    assertThat(view(FIRST).ending().nextAttemptAt()).isEqualTo(at(30));
    assertThat(claim(2, 29, 9)).isEmpty();
    List<Claimed> claimed = store.deliveries().claim(ENDPOINT, lease(2), at(30), 9);
    assertThat(claimed).singleElement().extracting(Claimed::attempts).isEqualTo(1);
    settle(new Settlement.Delivered(FIRST, lease(2), attempt(31, "delivered")));
    assertThat(view(FIRST).attempts())
        .containsExactly(attempt(2, "server_error"), attempt(31, "delivered"));
    assertThat(view(FIRST).ending().attemptCount()).isEqualTo(2);
  }

  @Test
  void theNewestTwentyAttemptsAreKeptAndAllAreCounted() {
    owe(owed(1, ENDPOINT, lease(0)));
    for (int i = 0; i < 25; i++) {
      settle(new Settlement.Retry(FIRST, lease(i), attempt(i, "timeout"), at(i)));
      claim(i + 1, i, 1);
    }
    DeliveryView view = view(FIRST);
    assertThat(view.attempts()).hasSize(20);
    assertThat(view.attempts().getFirst().at()).isEqualTo(at(5));
    assertThat(view.attempts().getLast().at()).isEqualTo(at(24));
    assertThat(view.ending().attemptCount()).isEqualTo(25);
  }

  @Test
  void deadKeepsReasonAndPayload() {
    owe(owed(1, ENDPOINT, lease(1)));
    settle(new Settlement.Dead(FIRST, lease(1), attempt(2, "gone"), "schedule_exhausted", PAYLOAD));
    assertThat(view(FIRST).state()).isEqualTo(DeliveryState.DEAD);
    assertThat(view(FIRST).ending().deadReason()).isEqualTo("schedule_exhausted");
    assertThat(view(FIRST).attempts()).containsExactly(attempt(2, "gone"));
    assertThat(store.deliveries().deadPayload(FIRST)).isEqualTo(PAYLOAD);
    assertThat(store.deliveries().waiting()).isEmpty();
  }

  @Test
  void deadWithoutAnAttemptKeepsTheAttemptsBefore() {
    owe(owed(1, ENDPOINT, lease(1)));
    settle(new Settlement.Retry(FIRST, lease(1), attempt(2, "timeout"), at(3)));
    claim(2, 3, 1);
    settle(new Settlement.Dead(FIRST, lease(2), null, "cancelled_by_receiver", PAYLOAD));
    assertThat(view(FIRST).attempts()).containsExactly(attempt(2, "timeout"));
    assertThat(view(FIRST).ending().attemptCount()).isEqualTo(1);
  }

  @Test
  void returnedIsDueAgainWithoutAnAttempt() {
    owe(owed(1, ENDPOINT, lease(1)));
    settle(new Settlement.Returned(FIRST, lease(1), at(40)));
    assertThat(view(FIRST).state()).isEqualTo(DeliveryState.PENDING);
    assertThat(view(FIRST).ending().attemptCount()).isZero();
    assertThat(claim(2, 39, 1)).isEmpty();
    assertThat(claim(2, 40, 1)).containsExactly(FIRST);
  }

  @Test
  void aLateSettleByAnOldOwnerChangesNothingAndIsTold() {
    owe(owed(1, ENDPOINT, lease(1)), owed(2, ENDPOINT, lease(5)));
    store.deliveries().releaseExpired(at(2_000));
    assertThat(claim(2, 3_000, 1)).containsExactly(FIRST);
    DeliveryId unknown = deliveryId(77, ENDPOINT);
    Set<DeliveryId> lost =
        settle(
            new Settlement.Delivered(FIRST, lease(1), attempt(2, "delivered")),
            new Settlement.Retry(unknown, lease(1), attempt(2, "timeout"), at(9)),
            new Settlement.Dead(deliveryId(2, ENDPOINT), lease(5), null, "x", PAYLOAD));
    assertThat(lost).containsExactlyInAnyOrder(FIRST, unknown, deliveryId(2, ENDPOINT));
    assertThat(view(FIRST).state()).isEqualTo(DeliveryState.LEASED);
    assertThat(store.deliveries().deadPayload(deliveryId(2, ENDPOINT))).isNull();
    assertThat(settle(new Settlement.Delivered(FIRST, lease(2), attempt(3, "delivered"))))
        .isEmpty();
    assertThat(settle(new Settlement.Delivered(FIRST, lease(2), attempt(3, "delivered"))))
        .containsExactly(FIRST);
  }

  @Test
  void aMixedBatchIsSettledWhole() {
    Settlement[] settlements = new Settlement[40];
    for (int i = 0; i < settlements.length; i++) {
      owe(owed(i, ENDPOINT, lease(i)));
      DeliveryId id = deliveryId(i, ENDPOINT);
      settlements[i] =
          i % 2 == 0
              ? new Settlement.Delivered(id, lease(i), attempt(i, "delivered"))
              : new Settlement.Retry(id, lease(i), attempt(i, "timeout"), at(i + 10));
    }
    assertThat(settle(settlements)).isEmpty();
    assertThat(view(deliveryId(38, ENDPOINT)).state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(view(deliveryId(39, ENDPOINT)).state()).isEqualTo(DeliveryState.RETRYING);
    assertThat(view(deliveryId(39, ENDPOINT)).ending().nextAttemptAt()).isEqualTo(at(49));
  }

  @Test
  void aNodesEarlierLifeIsReleased() {
    Lease other = new Lease("node-2", 8, at(1_000));
    owe(owed(1, ENDPOINT, lease(1)), owed(2, ENDPOINT, other));
    assertThat(store.deliveries().releaseNode("node-1", at(50))).isEqualTo(1);
    assertThat(claim(3, 50, 9)).containsExactly(FIRST);
    assertThat(view(deliveryId(2, ENDPOINT)).state()).isEqualTo(DeliveryState.LEASED);
  }

  @Test
  void onlyLeasesThatRanOutAreReleased() {
    owe(owed(1, ENDPOINT, lease(1)));
    assertThat(store.deliveries().releaseExpired(at(999))).isZero();
    assertThat(store.deliveries().releaseExpired(at(1_000))).isEqualTo(1);
    assertThat(view(FIRST).ending().nextAttemptAt()).isEqualTo(at(1_000));
  }

  @Test
  void waitingTellsEachEndpointOnceWithItsFirstAndLastTime() {
    owe(owed(4, ENDPOINT, null), owed(2, ENDPOINT, null), owed(1, ENDPOINT, lease(1)));
    owe(owed(7, Samples.endpointId(3), null), owed(6, Samples.endpointId(2), lease(2)));
    assertThat(store.deliveries().waiting())
        .containsExactlyInAnyOrder(
            new Waiting(ENDPOINT, at(2), at(4)), new Waiting(Samples.endpointId(3), at(7), at(7)));
  }

  @Test
  void theOldestOwedPositionCountsWaitingAndLeased() {
    assertThat(store.deliveries().oldestOwedPosition()).isEmpty();
    owe(owed(3, ENDPOINT, null), owed(5, ENDPOINT, lease(1)));
    assertThat(store.deliveries().oldestOwedPosition()).hasValue(300);
    owe(owed(2, ENDPOINT, lease(2)));
    assertThat(store.deliveries().oldestOwedPosition()).hasValue(200);
    settle(new Settlement.Delivered(deliveryId(2, ENDPOINT), lease(2), attempt(3, "delivered")));
    assertThat(store.deliveries().oldestOwedPosition()).hasValue(300);
  }
}
