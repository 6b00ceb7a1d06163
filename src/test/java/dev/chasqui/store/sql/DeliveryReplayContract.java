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
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.Ulid;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Open;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.DeliveryViews.Deaths;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What operators do to deliveries: replay them, owe more, make dead letters of them.
abstract class DeliveryReplayContract extends StoreContract {

  private static final DeliveryId FIRST = deliveryId(1, ENDPOINT);

  DeliveryReplayContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private void oweLeased(int... numbers) {
    for (int number : numbers) {
      store
          .projection()
          .commit(Samples.batch(0, List.of(), List.of(owed(number, ENDPOINT, lease(number)))));
    }
  }

  private void deliver(int number) {
    DeliveryId id = deliveryId(number, ENDPOINT);
    store
        .deliveries()
        .settle(
            List.of(new Settlement.Delivered(id, lease(number), attempt(number, "delivered"))),
            at(1_000));
  }

  private void kill(int number) {
    DeliveryId id = deliveryId(number, ENDPOINT);
    DeadPayload payload = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));
    store
        .deliveries()
        .settle(
            List.of(
                new Settlement.Dead(
                    id, lease(number), attempt(number, "timeout"), "exhausted", payload)),
            at(1_000));
  }

  @Test
  void requeueMakesEndedDeliveriesDueAndLeavesOthersAlone() {
    oweLeased(1, 2, 3);
    deliver(1);
    kill(2);
    List<DeliveryId> ids =
        List.of(FIRST, deliveryId(2, ENDPOINT), deliveryId(3, ENDPOINT), deliveryId(9, ENDPOINT));
    assertThat(store.deliveries().requeue(ids, at(100), null)).isEqualTo(2);
    assertThat(store.deliveries().claim(ENDPOINT, lease(50), at(100), 9))
        .extracting(Claimed::id)
        .containsExactly(FIRST, deliveryId(2, ENDPOINT));
  }

  @Test
  void aReplayBeginsItsAttemptsAnewAndKeepsTheOldOnesReadable() {
    oweLeased(1);
    deliver(1);
    store.deliveries().requeue(List.of(FIRST), at(100), null);
    Claimed claimed = store.deliveries().claim(ENDPOINT, lease(50), at(100), 1).getFirst();
    assertThat(claimed.attempts()).isZero();
    assertThat(claimed.replay()).isTrue();
    store
        .deliveries()
        .settle(
            List.of(new Settlement.Delivered(FIRST, lease(50), attempt(101, "delivered"))),
            at(1_000));
    DeliveryView view = store.deliveryViews().find(FIRST).orElseThrow();
    assertThat(view.attempts()).extracting(a -> a.at()).containsExactly(at(1), at(101));
    assertThat(view.ending().attemptCount()).isEqualTo(2);
  }

  @Test
  void aRequeuedDeadLetterLosesItsReasonAndKeepsItsPayload() {
    oweLeased(1);
    kill(1);
    store.deliveries().requeue(List.of(FIRST), at(100), null);
    DeliveryView view = store.deliveryViews().find(FIRST).orElseThrow();
    assertThat(view.ending().deadReason()).isNull();
    assertThat(view.state()).isEqualTo(DeliveryState.PENDING);
    assertThat(store.deliveries().deadPayload(FIRST)).isNotNull();
  }

  @Test
  void oweAddsWhatIsNewAndRequeuesWhatHasEnded() {
    oweLeased(1, 2);
    deliver(1);
    int due =
        store
            .deliveries()
            .owe(
                List.of(owed(1, ENDPOINT, null), owed(2, ENDPOINT, null), owed(3, ENDPOINT, null)),
                at(100),
                null);
    assertThat(due).isEqualTo(2);
    assertThat(store.deliveries().claim(ENDPOINT, lease(50), at(100), 9))
        .allMatch(Claimed::replay)
        .extracting(Claimed::id)
        .containsExactly(deliveryId(3, ENDPOINT), FIRST);
  }

  @Test
  void oneReplayMakesADeliveryDueOnceHoweverOftenItsStepIsMade() {
    ReplayId replay = new ReplayId(new Ulid(1, 1));
    oweLeased(1, 2);
    deliver(1);
    kill(2);
    List<DeliveryId> ids = List.of(FIRST, deliveryId(2, ENDPOINT));
    assertThat(store.deliveries().requeue(ids, at(100), replay)).isEqualTo(2);
    store.deliveries().claim(ENDPOINT, lease(50), at(100), 9);
    store
        .deliveries()
        .settle(
            List.of(new Settlement.Delivered(FIRST, lease(50), attempt(101, "delivered"))),
            at(101));
    assertThat(store.deliveries().requeue(ids, at(102), replay)).isZero();
    List<Owed> again = List.of(owed(1, ENDPOINT, null), owed(4, ENDPOINT, null));
    assertThat(store.deliveries().owe(again, at(103), replay)).isEqualTo(1);
    assertThat(store.deliveries().owe(again, at(104), replay)).isZero();
    assertThat(store.deliveries().requeue(ids, at(105), new ReplayId(new Ulid(1, 2)))).isOne();
  }

  @Test
  void deadLettersAreCountedAsTheyComeAndGo() {
    oweLeased(1, 2, 3);
    kill(1);
    kill(2);
    deliver(3);
    assertThat(store.deliveryViews().deaths()).isEqualTo(Map.of(ENDPOINT, new Deaths(2, 2)));
    store.deliveries().requeue(List.of(FIRST, deliveryId(3, ENDPOINT)), at(100), null);
    assertThat(store.deliveryViews().deaths()).isEqualTo(Map.of(ENDPOINT, new Deaths(2, 1)));
  }

  @Test
  void deadLetteringEndsWhatWaitsAtOneEndpointAndKeepsItsPayload() {
    oweLeased(2);
    List<Owed> waiting =
        List.of(
            owed(1, ENDPOINT, null), owed(3, ENDPOINT, null), owed(4, Samples.endpointId(2), null));
    store.projection().commit(Samples.batch(1, List.of(), waiting));
    assertThat(store.deliveries().open(ENDPOINT, 1)).hasSize(1);
    assertThat(store.deliveries().open(ENDPOINT, 9))
        .containsExactlyInAnyOrder(
            new Open(FIRST, new Source(Samples.eventId(1), 100)),
            new Open(deliveryId(3, ENDPOINT), new Source(Samples.eventId(3), 300)));
    DeadPayload kept = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));
    Map<DeliveryId, DeadPayload> payloads =
        Map.of(FIRST, kept, deliveryId(3, ENDPOINT), kept, deliveryId(2, ENDPOINT), kept);
    assertThat(store.deliveries().deadLetter(payloads, "endpoint_deleted")).isEqualTo(2);
    assertThat(store.deliveries().open(ENDPOINT, 9)).isEmpty();
    assertThat(store.deliveries().deadPayload(FIRST)).isEqualTo(kept);
    assertThat(store.deliveries().deadPayload(deliveryId(2, ENDPOINT))).isNull();
    assertThat(store.deliveryViews().deaths()).isEqualTo(Map.of(ENDPOINT, new Deaths(2, 2)));
    DeliveryView deadLettered = store.deliveryViews().find(FIRST).orElseThrow();
    assertThat(deadLettered.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(deadLettered.ending().deadReason()).isEqualTo("endpoint_deleted");
    assertThat(store.deliveries().settle(lateSettlement(), at(1_000))).containsExactly(FIRST);
    deliver(2);
    assertThat(store.deliveries().waiting()).hasSize(1);
  }

  private static List<Settlement> lateSettlement() {
    return List.of(new Settlement.Delivered(FIRST, lease(1), attempt(1, "delivered")));
  }
}
