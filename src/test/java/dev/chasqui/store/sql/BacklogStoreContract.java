package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.Ulid;
import dev.chasqui.store.BacklogStore.Held;
import dev.chasqui.store.BacklogStore.Mark;
import dev.chasqui.store.BacklogStore.Marked;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.DeliveryStore.Waiting;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What waits while its receiver does not answer.
abstract class BacklogStoreContract extends StoreContract {

  private static final DeliveryId FIRST = deliveryId(1, ENDPOINT);

  BacklogStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  /// Owes deliveries whose first attempt failed at their number's second, and which wait an hour.
  final void fail(int... numbers) {
    for (int number : numbers) {
      owe(owed(number, ENDPOINT, lease(number)));
      settle(
          new Settlement.Retry(
              deliveryId(number, ENDPOINT),
              lease(number),
              attempt(number, "timeout"),
              at(number + 3_600)));
    }
  }

  final void owe(Owed... owed) {
    store.projection().commit(Samples.batch(0, List.of(), List.of(owed)));
  }

  final void settle(Settlement settlement) {
    assertThat(store.deliveries().settle(List.of(settlement), at(1_000))).isEmpty();
  }

  private List<DeliveryId> claim(int second, int limit) {
    return store.deliveries().claim(ENDPOINT, lease(90), at(second), limit).stream()
        .map(Claimed::id)
        .toList();
  }

  @Test
  void aProbeTakesWhatIsDueFirstThoughItIsNotDueYet() {
    fail(3, 1, 2);
    assertThat(claim(10, 9)).isEmpty();
    Claimed probe = store.deliveries().probe(ENDPOINT, lease(50), at(10)).getFirst();
    assertThat(probe.id()).isEqualTo(FIRST);
    assertThat(probe.past()).isEqualTo(new Past(1, 0, false, null, at(1)));
    settle(new Settlement.Retry(FIRST, lease(50), attempt(10, "timeout"), at(9_000), true));
    assertThat(store.deliveries().probe(ENDPOINT, lease(51), at(11)))
        .extracting(Claimed::id)
        .containsExactly(deliveryId(2, ENDPOINT));
    assertThat(store.deliveries().claim(ENDPOINT, lease(52), at(9_000), 9))
        .filteredOn(it -> it.id().equals(FIRST))
        .extracting(it -> it.past().attempts(), it -> it.past().scheduled())
        .containsExactly(tuple(2, 1));
  }

  @Test
  void aProbeOfNothingIsNothing() {
    assertThat(store.deliveries().probe(ENDPOINT, lease(50), at(10))).isEmpty();
  }

  @Test
  void aBacklogIsMadeDueInPortionsAsOfItsEvents() {
    fail(1, 2, 3, 4, 5);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(100), at(100), 2)).isEqualTo(2);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(100), at(100), 9)).isEqualTo(3);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(100), at(100), 9)).isZero();
    List<DeliveryId> inOrder =
        IntStream.rangeClosed(1, 5).mapToObj(i -> deliveryId(i, ENDPOINT)).toList();
    assertThat(claim(100, 9)).isEqualTo(inOrder);
  }

  /// The oldest event goes first, whichever of its deliveries failed first.
  @Test
  void aBacklogIsClaimedInTheOrderOfItsEventsNotOfItsRetries() {
    fail(5, 4, 3);
    settleLate(1, 8);
    settleLate(2, 7);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(100), at(100), 3)).isEqualTo(3);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(100), at(101), 9)).isEqualTo(2);
    assertThat(claim(101, 1)).containsExactly(FIRST);
    assertThat(claim(101, 1)).containsExactly(deliveryId(2, ENDPOINT));
    assertThat(claim(101, 1)).containsExactly(deliveryId(3, ENDPOINT));
  }

  /// A delivery whose event is old, and whose retry is later than those of newer events.
  private void settleLate(int number, int later) {
    owe(owed(number, ENDPOINT, lease(number)));
    settle(
        new Settlement.Retry(
            deliveryId(number, ENDPOINT),
            lease(number),
            attempt(number, "timeout"),
            at(9_000 + later)));
  }

  @Test
  void whatFailedLaterKeepsItsSchedule() {
    fail(1, 50);
    assertThat(store.deliveries().makeDue(ENDPOINT, at(50), at(60), 9)).isEqualTo(1);
    assertThat(claim(60, 9)).containsExactly(FIRST);
  }

  @Test
  void whatIsDueLaterThanAnyScheduleIsBroughtForward() {
    fail(1, 2);
    Waiting waiting = new Waiting(ENDPOINT, at(3_601), at(3_602));
    assertThat(store.deliveries().waiting()).containsExactly(waiting);
    assertThat(store.deliveries().bringForward(ENDPOINT, at(3_601), 9)).isEqualTo(1);
    assertThat(store.deliveries().bringForward(ENDPOINT, at(20), 9)).isEqualTo(2);
    assertThat(claim(20, 9)).hasSize(2);
  }

  @Test
  void retryingNowTellsWhatItMadeDue() {
    fail(1);
    owe(owed(2, ENDPOINT, lease(2)));
    List<DeliveryId> asked = List.of(FIRST, deliveryId(2, ENDPOINT), deliveryId(7, ENDPOINT));
    assertThat(store.deliveries().retryNow(asked, at(10))).containsExactly(FIRST);
    assertThat(claim(10, 9)).containsExactly(FIRST);
  }

  @Test
  void aReplayOfWhatWaitsMakesItDueOnceAndLeavesItsScheduleAlone() {
    fail(1);
    ReplayId replay = new ReplayId(new Ulid(1, 7));
    assertThat(store.deliveries().requeue(List.of(FIRST), at(10), replay)).isEqualTo(1);
    Claimed claimed = store.deliveries().claim(ENDPOINT, lease(50), at(10), 9).getFirst();
    assertThat(claimed.past()).isEqualTo(new Past(1, 0, false, null, at(1)));
    settle(new Settlement.Retry(FIRST, lease(50), attempt(10, "timeout"), at(9_000)));
    assertThat(store.deliveries().requeue(List.of(FIRST), at(11), replay)).isZero();
  }

  @Test
  void marksOutliveTheStoreThatSetThem() {
    store.deliveries().mark(ENDPOINT, Mark.FAILING, at(1));
    store.deliveries().mark(ENDPOINT, Mark.FAILING, at(2));
    store.deliveries().mark(ENDPOINT, Mark.CATCH_UP, at(3));
    reopen();
    assertThat(store.deliveries().marks())
        .containsExactlyInAnyOrder(
            new Marked(ENDPOINT, Mark.FAILING, at(1)), new Marked(ENDPOINT, Mark.CATCH_UP, at(3)));
    store.deliveries().unmark(ENDPOINT, Mark.FAILING);
    assertThat(store.deliveries().marks())
        .containsExactly(new Marked(ENDPOINT, Mark.CATCH_UP, at(3)));
  }

  @Test
  void aDeadLetterThatKeptNothingHoldsItsPlaceInTheJournalUntilItDoes() {
    owe(owed(1, ENDPOINT, lease(1)));
    settle(new Settlement.Dead(FIRST, lease(1), attempt(2, "status"), "status 404", null));
    assertThat(store.deliveries().unkept(9))
        .containsExactly(new Open(FIRST, owed(1, ENDPOINT, null).source()));
    assertThat(store.deliveries().oldestOwedPosition()).isEqualTo(OptionalLong.of(100));
    DeadPayload payload = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));
    store.deliveries().keep(Map.of(FIRST, payload));
    assertThat(store.deliveries().unkept(9)).isEmpty();
    assertThat(store.deliveries().oldestOwedPosition()).isEmpty();
    assertThat(store.deliveries().deadPayload(FIRST)).isEqualTo(payload);
  }

  private static DeadPayload payload(String text) {
    return new DeadPayload(Samples.WORKSPACE, Bytes.utf8(text.repeat(200)));
  }

  private void hold(int... numbers) {
    Map<Source, DeadPayload> events = new HashMap<>();
    List<Open> waiting = store.deliveries().inJournal(Long.MAX_VALUE, 99);
    for (int number : numbers) {
      events.put(owed(number, ENDPOINT, null).source(), payload("fact " + number));
    }
    store
        .deliveries()
        .hold(waiting.stream().filter(it -> events.containsKey(it.source())).toList(), events);
  }

  @Test
  void whatIsHeldNeedsTheJournalNoMore() {
    fail(1, 2, 3);
    owe(owed(4, ENDPOINT, lease(4)));
    assertThat(store.deliveries().inJournal(300, 99))
        .extracting(Open::id)
        .containsExactly(FIRST, deliveryId(2, ENDPOINT));
    hold(1, 2);
    assertThat(store.deliveries().oldestOwedPosition()).isEqualTo(OptionalLong.of(300));
    assertThat(store.deliveries().deadPayload(FIRST)).isEqualTo(payload("fact 1"));
    assertThat(store.deliveries().deadPayload(deliveryId(3, ENDPOINT))).isNull();
    Held held = requireNonNull(store.deliveries().held().get(ENDPOINT));
    assertThat(held.deliveries()).isEqualTo(2);
    assertThat(held.bytes()).isPositive().isLessThan(1_000);
    assertThat(held.since()).isEqualTo(at(1));
  }

  @Test
  void eventsOfSeveralDeliveriesAreKeptOnce() {
    EndpointId other = Samples.endpointId(2);
    owe(owed(1, ENDPOINT, null), owed(1, other, null));
    hold(1);
    assertThat(numbers("SELECT count(*) FROM event_payloads")).containsExactly(1L);
    assertThat(store.deliveries().held()).containsOnlyKeys(ENDPOINT, other);
  }

  @Test
  void whatIsDeliveredOrDeadIsHeldNoMoreAndADeadLetterStillHasItsEvent() {
    fail(1, 2);
    hold(1, 2);
    store.deliveries().claim(ENDPOINT, lease(60), at(9_000), 9);
    settle(new Settlement.Delivered(FIRST, lease(60), attempt(50, "delivered")));
    DeliveryId second = deliveryId(2, ENDPOINT);
    assertThat(requireNonNull(store.deliveries().held().get(ENDPOINT)).deliveries()).isEqualTo(1);
    settle(new Settlement.Dead(second, lease(60), attempt(51, "status"), "status 404", null));
    assertThat(store.deliveries().held()).isEmpty();
    assertThat(store.deliveries().unkept(9)).isEmpty();
    boolean _ =
        store
            .housekeeping()
            .step(new Retention(at(0), at(0), at(0), at(0), at(0), at(0), 99), at(100));
    assertThat(numbers("SELECT count(*) FROM event_payloads")).containsExactly(1L);
    assertThat(store.deliveries().deadPayload(second)).isEqualTo(payload("fact 2"));
    assertThat(store.deliveries().requeue(List.of(FIRST, second), at(200), null)).isEqualTo(2);
    assertThat(requireNonNull(store.deliveries().held().get(ENDPOINT)).deliveries()).isEqualTo(1);
    assertThat(store.deliveries().inJournal(Long.MAX_VALUE, 9))
        .extracting(Open::id)
        .containsExactly(FIRST);
  }

  @Test
  void whatIsDeadLetteredIsHeldNoMore() {
    fail(1);
    hold(1);
    DeadPayload none = new DeadPayload(Samples.WORKSPACE, Bytes.EMPTY);
    assertThat(store.deliveries().deadLetter(Map.of(FIRST, none), "endpoint_deleted")).isEqualTo(1);
    assertThat(store.deliveries().held()).isEmpty();
    assertThat(store.deliveries().deadPayload(FIRST)).isEqualTo(payload("fact 1"));
  }

  @Test
  void whatHasBeenDueForLongIsFoundLongestFirst() {
    owe(owed(3, ENDPOINT, null), owed(1, ENDPOINT, null), owed(2, ENDPOINT, null));
    assertThat(store.deliveries().dueSince(ENDPOINT, at(2), 9))
        .extracting(Open::id)
        .containsExactly(FIRST, deliveryId(2, ENDPOINT));
    assertThat(store.deliveries().dueSince(ENDPOINT, at(9), 1)).hasSize(1);
  }

  @Test
  void whatIsMovedIsOwedToTheOtherUnderItsIdAndCountedThere() {
    EndpointId other = Samples.endpointId(2);
    store.resources().putEndpoint(Samples.endpoint(1));
    fail(1);
    owe(owed(2, ENDPOINT, lease(2)));
    hold(1);
    DeliveryId second = deliveryId(2, ENDPOINT);
    store.deliveries().move(List.of(FIRST, second), other, at(20));
    settle(new Settlement.Moved(second, lease(2), other, at(20)));
    List<Claimed> claimed = store.deliveries().claim(other, lease(70), at(20), 9);
    assertThat(claimed).extracting(Claimed::id).containsExactlyInAnyOrder(FIRST, second);
    assertThat(claimed).extracting(it -> it.past().attempts()).containsOnly(0);
    assertThat(store.deliveries().held()).containsOnlyKeys(other);
    assertThat(backlog(ENDPOINT)).isZero();
    assertThat(backlog(other)).isEqualTo(2);
    assertThat(store.deliveryViews().find(FIRST).orElseThrow().attempts()).hasSize(1);
  }

  private long backlog(EndpointId endpoint) {
    return requireNonNull(store.deliveryViews().backlogs(List.of(endpoint)).get(endpoint)).count();
  }
}
