package dev.chasqui.store.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.DeliveryViews.Ending;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore.FailedJob;
import dev.chasqui.store.JobStore.Status;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Delivered;
import dev.chasqui.store.ProjectionStore.Filtered;
import dev.chasqui.store.ProjectionStore.Move;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Sighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class ProjectionStoreContract extends StoreContract {

  ProjectionStoreContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @Test
  void cursorsBeginAtNoughtAndAreKeptPerPartition() {
    assertThat(store.projection().cursor(0)).isZero();
    store.projection().commit(Samples.batch(500, List.of(), List.of()));
    reopen();
    assertThat(store.projection().cursor(0)).isEqualTo(500);
    assertThat(store.projection().cursor(1)).isZero();
  }

  @Test
  void anEventComesBackAsItWasWritten() {
    EventRow event = Samples.event(1);
    store.projection().commit(Samples.batch(500, List.of(event), List.of()));
    assertThat(store.events().find(event.id()).orElseThrow().row()).isEqualTo(event);
  }

  @Test
  void oddTextsComeBackAsFarAsADatabaseCanHoldThem() {
    EventRow.Item item =
        new EventRow.Item("0.0.0", "message", "te\"xt\n\u2028", "f\uD83D\uDE00", null, null, "new");
    EventRow event = Samples.event(1, EventRow.State.PROCESSED, List.of(item));
    EventRow.Origin origin = event.origin();
    EventRow odd =
        new EventRow(
            event.id(),
            event.position(),
            new EventRow.Origin(
                origin.workspace(), origin.source(), "nul\0here", false, origin.bodyHash()),
            event.state(),
            event.summary(),
            event.scope(),
            event.items());
    store.projection().commit(Samples.batch(1, List.of(odd), List.of()));
    EventRow found = store.events().find(odd.id()).orElseThrow().row();
    assertThat(found.items()).containsExactly(item);
    assertThat(found.origin().deliveryId()).isEqualTo("nul\uFFFDhere");
  }

  @Test
  void aBatchOfAnySizeIsWrittenWhole() {
    for (int size : new int[] {0, 1, 7, 8, 9, 61}) {
      int from = size * 1_000;
      List<EventRow> events = new ArrayList<>();
      List<Owed> owed = new ArrayList<>();
      for (int i = from; i < from + size; i++) {
        events.add(Samples.event(i));
        owed.add(Samples.owed(i, Samples.ENDPOINT, null));
      }
      store.projection().commit(Samples.batch(from + 1, events, owed));
      for (EventRow event : events) {
        assertThat(store.events().find(event.id())).isPresent();
        assertThat(store.deliveryViews().ofEvent(event.id(), PageRequest.first()).data())
            .hasSize(1);
      }
    }
  }

  @Test
  void whatWasDeliveredMeanwhileIsWrittenAsDelivered() {
    Owed owed = Samples.owed(1, Samples.ENDPOINT, Samples.lease(9));
    Attempt attempt = new Attempt(Samples.at(3), 12, "delivered", 202, null, "ok");
    Batch batch = delivered(owed, attempt);
    store.projection().commit(batch);
    store.projection().commit(batch);

    DeliveryView view = store.deliveryViews().find(owed.id()).orElseThrow();
    assertThat(view.state()).isEqualTo(DeliveryState.DELIVERED);
    assertThat(view.attempts()).containsExactly(attempt);
    assertThat(store.deliveries().oldestOwedPosition()).isEmpty();
    assertThat(store.deliveries().releaseNode("node", Samples.at(4))).isZero();
    assertThat(store.deliveryViews().ofEvent(owed.source().event(), PageRequest.first()).data())
        .hasSize(1);
  }

  @Test
  void whatWasDeliveredMeanwhileCanBeSentAgain() {
    Owed owed = Samples.owed(1, Samples.ENDPOINT, Samples.lease(9));
    Attempt attempt = new Attempt(Samples.at(3), 12, "delivered", 200, null, null);
    store.projection().commit(delivered(owed, attempt));

    assertThat(store.deliveries().requeue(List.of(owed.id()), Samples.at(5), null)).isEqualTo(1);

    assertThat(store.deliveries().claim(Samples.ENDPOINT, Samples.lease(10), Samples.at(6), 10))
        .extracting(Claimed::id)
        .containsExactly(owed.id());
  }

  private static Batch delivered(Owed owed, Attempt attempt) {
    return new Batch(
        new Move(0, 500),
        List.of(Samples.event(1)),
        List.of(),
        List.of(),
        List.of(new Delivered(owed, attempt)),
        List.of(),
        List.of());
  }

  @Test
  void theSameBatchAgainChangesNothing() {
    EventId first = Samples.eventId(1);
    Batch batch =
        new Batch(
            0,
            500,
            List.of(Samples.event(1)),
            List.of(new Sighting(first, 2)),
            List.of(Samples.owed(1, Samples.ENDPOINT, null)),
            List.of());
    store.projection().commit(batch);
    store.deliveries().claim(Samples.ENDPOINT, Samples.lease(9), Samples.at(5), 10);
    store.projection().commit(batch);
    assertThat(store.events().find(first).orElseThrow().sightings()).isEqualTo(2);
    assertThat(store.deliveries().claim(Samples.ENDPOINT, Samples.lease(10), Samples.at(5), 10))
        .isEmpty();
  }

  @Test
  void sightingsOfOneEventAddUp() {
    EventId first = Samples.eventId(1);
    store.projection().commit(Samples.batch(100, List.of(Samples.event(1)), List.of()));
    List<Sighting> sightings = List.of(new Sighting(first, 1), new Sighting(first, 2));
    store.projection().commit(new Batch(0, 200, List.of(), sightings, List.of(), List.of()));
    assertThat(store.events().find(first).orElseThrow().sightings()).isEqualTo(3);
  }

  @Test
  void whatARuleKeptOutIsSeenAndNeverOwed() {
    Owed owed = Samples.owed(1, Samples.ENDPOINT, null);
    Filtered filtered =
        new Filtered(
            owed.id(), owed.source(), Samples.ENDPOINT, "0.0.1", Priority.STATUSES, "a_rule");
    Batch batch =
        new Batch(
            new Move(0, 9),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(filtered, filtered));
    store.projection().commit(batch);
    DeliveryView view = store.deliveryViews().find(owed.id()).orElseThrow();
    assertThat(view.state()).isEqualTo(DeliveryState.FILTERED);
    assertThat(view.selection()).isEqualTo("0.0.1");
    assertThat(view.ending()).isEqualTo(new Ending(null, "a_rule", 0));
    assertThat(store.deliveries().waiting()).isEmpty();
    assertThat(store.deliveries().oldestOwedPosition()).isEmpty();
    assertThat(store.deliveries().requeue(List.of(owed.id()), Samples.at(3), null)).isOne();
    assertThat(store.deliveries().claim(Samples.ENDPOINT, Samples.lease(9), Samples.at(5), 10))
        .extracting(Claimed::selection)
        .containsExactly("0.0.1");
  }

  @Test
  void nothingOfABatchIsThereIfARowIsRefused() {
    Owed wrong = Samples.owed(2, Samples.ENDPOINT, null);
    Owed elsewhere =
        new Owed(
            Samples.deliveryId(1, Samples.ENDPOINT),
            wrong.source(),
            Samples.ENDPOINT,
            null,
            wrong.place(),
            wrong.dueAt(),
            null);
    assertThatThrownBy(
            () ->
                store
                    .projection()
                    .commit(Samples.batch(500, List.of(Samples.event(1)), List.of(elsewhere))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.projection().cursor(0)).isZero();
    assertThat(store.events().find(Samples.eventId(1))).isEmpty();
  }

  @Test
  void failedJobsAreWrittenWithTheBatch() {
    FailedJob job =
        new FailedJob(
            new JobId(Samples.eventId(1).ulid()),
            Samples.WORKSPACE,
            Samples.eventId(1),
            77,
            new Status("failed", 1, "NullPointerException", Samples.at(1)));
    store.projection().commit(new Batch(0, 100, List.of(), List.of(), List.of(), List.of(job)));
    assertThat(store.jobs().find(job.id())).contains(job);
  }

  @Test
  void seenTellsWhichKeysAreInTheLedgerAndWhoHadThemFirst() {
    Notification change =
        new Notification.Change(
            ItemPath.ofChange(0, 0), new Notification.Origin("x", null, null, null), null);
    ItemKey known = new ItemKey(-5, 7);
    for (int event = 1; event <= 2; event++) {
      store
          .ledger()
          .apply(
              List.of(
                  new LedgerItem(
                      Samples.WORKSPACE, Samples.eventId(event), known, change, event == 1)));
    }
    assertThat(store.projection().seen(List.of(known, new ItemKey(-5, 8), new ItemKey(1, 7))))
        .containsExactly(Map.entry(known, Samples.eventId(1)));
    assertThat(store.projection().seen(List.of())).isEmpty();
  }
}
