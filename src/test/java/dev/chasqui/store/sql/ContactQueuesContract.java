package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.lease;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.ContactQueueKey;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.QueuePlace;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Priorities and contact queues of deliveries.
abstract class ContactQueuesContract extends StoreContract {

  private static final DeadPayload PAYLOAD = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));

  private int fence;

  ContactQueuesContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void ofAQueueOnlyTheFirstIsClaimedUntilItHasEnded() {
    owe(inQueue(1, 7), inQueue(2, 7), inQueue(3, 7), inQueue(4, 8));
    assertThat(claim(10)).containsExactly(1, 4);
    assertThat(claim(10)).isEmpty();
    delivered(1, 1);
    assertThat(claim(10)).containsExactly(2);
    delivered(2, 3);
    delivered(4, 1);
    assertThat(claim(10)).containsExactly(3);
  }

  @Test
  void aRetryKeepsTheTurn() {
    owe(inQueue(1, 7), inQueue(2, 7));
    assertThat(claim(10)).containsExactly(1);
    settle(new Settlement.Retry(id(1), lease(1), attempt(1, "status"), at(50)));
    assertThat(claim(49)).isEmpty();
    assertThat(claim(50)).containsExactly(1);
    settle(new Settlement.Returned(id(1), lease(3), at(60)));
    assertThat(claim(59)).isEmpty();
    assertThat(claim(60)).containsExactly(1);
  }

  @Test
  void theDeadGiveTheirTurnToTheNext() {
    owe(inQueue(1, 7), inQueue(2, 7));
    assertThat(claim(10)).containsExactly(1);
    settle(new Settlement.Dead(id(1), lease(1), null, "head of line: status 500", PAYLOAD));
    assertThat(claim(10)).containsExactly(2);
  }

  @Test
  void whatComesLaterWaitsBehindWhatIsUnderWay() {
    owe(inQueue(1, 7));
    assertThat(claim(10)).containsExactly(1);
    owe(inQueue(2, 7));
    assertThat(claim(10)).isEmpty();
    assertThat(store.deliveries().waiting()).isEmpty();
    delivered(1, 1);
    assertThat(store.deliveries().waiting()).hasSize(1);
    assertThat(claim(10)).containsExactly(2);
  }

  @Test
  void aCrashOfTheOwnerKeepsTheTurn() {
    owe(inQueue(1, 7), inQueue(2, 7));
    assertThat(claim(10)).containsExactly(1);
    assertThat(store.deliveries().releaseNode("node-1", at(11))).isOne();
    assertThat(claim(11)).containsExactly(1);
    reopen();
    assertThat(store.deliveries().releaseExpired(at(2_000))).isOne();
    assertThat(claim(2_000)).containsExactly(1);
  }

  @Test
  void withinAnEventTheOrdinalDecides() {
    List<Owed> owed = new ArrayList<>();
    for (int i = 11; i >= 0; i--) {
      Owed one = inQueue(20 + i, 7);
      Source source = new Source(one.source().event(), 100);
      Place place = new Place(Priority.STATUSES, new QueuePlace(new ContactQueueKey(7), i));
      owed.add(new Owed(one.id(), source, ENDPOINT, null, place, at(20), null));
    }
    owe(owed.toArray(Owed[]::new));
    for (int i = 0; i < 12; i++) {
      assertThat(claim(30)).containsExactly(20 + i);
      delivered(20 + i, i + 1);
    }
  }

  @Test
  void aReplayedOneWaitsForTheTurnAndGoesBeforeTheLater() {
    owe(inQueue(1, 7), inQueue(2, 7), inQueue(3, 7));
    assertThat(claim(10)).containsExactly(1);
    settle(new Settlement.Dead(id(1), lease(1), null, "x", PAYLOAD));
    assertThat(claim(10)).containsExactly(2);
    assertThat(store.deliveries().requeue(List.of(id(1)), at(20), null)).isOne();
    assertThat(claim(20)).isEmpty();
    delivered(2, 2);
    assertThat(claim(1_000)).containsExactly(1);
    delivered(1, 4);
    assertThat(claim(1_000)).containsExactly(3);
  }

  @Test
  void aLateOwnerPassesNoTurn() {
    owe(inQueue(1, 7), inQueue(2, 7));
    assertThat(claim(10)).containsExactly(1);
    store.deliveries().releaseExpired(at(2_000));
    assertThat(claim(2_000)).containsExactly(1);
    assertThat(settle(new Settlement.Delivered(id(1), lease(1), attempt(1, "delivered"))))
        .containsExactly(id(1));
    assertThat(claim(2_000)).isEmpty();
  }

  @Test
  void theTurnIsCountedFromTheFirstClaim() {
    owe(inQueue(1, 7));
    assertThat(headSince(10)).isEqualTo(at(10));
    settle(new Settlement.Retry(id(1), lease(1), attempt(1, "status"), at(50)));
    assertThat(headSince(50)).isEqualTo(at(10));
  }

  @Test
  void noQueueStandsStillWhileOthersAddToIt() throws Exception {
    int count = 300;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<?> adding =
          threads.submit(() -> IntStream.range(1, count + 1).forEach(i -> owe(inQueue(i, i % 3))));
      Future<List<Integer>> one = threads.submit(() -> drain(1, adding));
      Future<List<Integer>> two = threads.submit(() -> drain(2, adding));
      adding.get();
      List<Integer> all = new ArrayList<>(one.get());
      all.addAll(two.get());
      all.addAll(drain(3, adding));
      assertThat(all).hasSize(count).doesNotHaveDuplicates();
    }
  }

  /// Claims and settles until nothing comes any more and nothing is added.
  private List<Integer> drain(int node, Future<?> adding) {
    List<Integer> done = new ArrayList<>();
    while (true) {
      boolean isLast = adding.isDone();
      List<Claimed> rows =
          store.deliveries().claim(ENDPOINT, new Lease("n" + node, node, at(9_000)), at(5_000), 5);
      if (rows.isEmpty() && isLast) {
        return done;
      }
      List<Settlement> ended = new ArrayList<>();
      rows.forEach(
          row ->
              ended.add(new Settlement.Delivered(row.id(), row.lease(), attempt(1, "delivered"))));
      var _ = store.deliveries().settle(ended, at(5_000));
      rows.forEach(row -> done.add(number(row)));
    }
  }

  @Test
  void whatIsMoreUrgentIsClaimedFirstAndAPortionHasSomethingOfEach() {
    for (int i = 1; i <= 40; i++) {
      owe(of(i, Priority.STATUSES), of(100 + i, Priority.MESSAGES));
    }
    owe(of(200, Priority.HISTORY), of(201, Priority.ECHOES));
    List<Integer> taken = claim(1_000, 20);
    assertThat(taken.subList(0, 15)).allMatch(it -> it > 100 && it < 200);
    assertThat(taken.subList(15, 20)).containsExactly(201, 1, 2, 3, 200);
  }

  @Test
  void aPortionIsFilledWithWhatThereIs() {
    for (int i = 1; i <= 40; i++) {
      owe(of(i, Priority.STATUSES));
    }
    owe(of(101, Priority.MESSAGES));
    assertThat(claim(1_000, 20)).hasSize(20).startsWith(101, 1, 2);
    assertThat(claim(1_000, 1)).containsExactly(20);
  }

  @Test
  void whatWaitsIsToldWhateverItsPriority() {
    owe(of(30, Priority.MESSAGES), of(20, Priority.HISTORY), of(40, Priority.STATUSES));
    assertThat(store.deliveries().waiting())
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.earliestDue()).isEqualTo(at(20)));
  }

  private void owe(Owed... owed) {
    store.projection().commit(Samples.batch(0, List.of(), List.of(owed)));
  }

  private static Owed inQueue(int number, long line) {
    return placed(
        number, new Place(Priority.MESSAGES, new QueuePlace(new ContactQueueKey(line), 0)));
  }

  private static Owed of(int number, Priority priority) {
    return placed(number, new Place(priority, null));
  }

  private static Owed placed(int number, Place place) {
    Owed plain = Samples.owed(number, ENDPOINT, null);
    return new Owed(plain.id(), plain.source(), ENDPOINT, null, place, plain.dueAt(), null);
  }

  private static DeliveryId id(int number) {
    return deliveryId(number, ENDPOINT);
  }

  private static int number(Claimed row) {
    return (int) (row.id().ulid().time().getEpochSecond() - Samples.START.getEpochSecond());
  }

  private @Nullable Instant headSince(int second) {
    fence++;
    return store
        .deliveries()
        .claim(ENDPOINT, lease(fence), at(second), 9)
        .getFirst()
        .past()
        .headSince();
  }

  private List<Integer> claim(int second) {
    return claim(second, 99);
  }

  private List<Integer> claim(int second, int limit) {
    fence++;
    return store.deliveries().claim(ENDPOINT, lease(fence), at(second), limit).stream()
        .map(ContactQueuesContract::number)
        .toList();
  }

  private void delivered(int number, int byFence) {
    assertThat(
            settle(
                new Settlement.Delivered(id(number), lease(byFence), attempt(number, "delivered"))))
        .isEmpty();
  }

  private Set<DeliveryId> settle(Settlement settlement) {
    return store.deliveries().settle(List.of(settlement), at(5));
  }
}
