package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.event;
import static dev.chasqui.store.sql.Samples.eventId;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class HousekeepingContract extends StoreContract {

  HousekeepingContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private void clean(Retention retention) {
    clean(retention, 9_000);
  }

  private void clean(Retention retention, int second) {
    int steps = 0;
    while (store.housekeeping().step(retention, at(second))) {
      assertThat(++steps).isLessThan(1_000);
    }
  }

  /// Keeps everything from a second on, and of the rejects so many.
  private static Retention keep(int events, int keys, int dead, int rejectsMax) {
    return new Retention(at(events), at(keys), at(dead), at(dead), at(0), at(keys), rejectsMax);
  }

  private boolean hasEvent(int number) {
    return store.events().find(eventId(number)).isPresent();
  }

  private boolean hasDelivery(int number) {
    return store.deliveryViews().find(deliveryId(number, ENDPOINT)).isPresent();
  }

  @Test
  void eventsAndWhatWasSettledGoAndWhatIsOwedStays() {
    for (int i = 1; i <= 4; i++) {
      store
          .projection()
          .commit(
              Samples.batch(
                  i, List.of(event(i)), List.of(owed(i, ENDPOINT, i == 2 ? null : lease(i)))));
    }
    settle(1);
    settle(4);
    clean(keep(4, 0, 0, 99));
    assertThat(List.of(hasEvent(1), hasEvent(3), hasEvent(4))).containsExactly(false, false, true);
    assertThat(List.of(hasDelivery(1), hasDelivery(2), hasDelivery(3), hasDelivery(4)))
        .containsExactly(false, true, true, true);
  }

  private void settle(int number) {
    store
        .deliveries()
        .settle(
            List.of(
                new Settlement.Delivered(
                    deliveryId(number, ENDPOINT), lease(number), attempt(number, "delivered"))),
            at(1_000));
  }

  @Test
  void deadLettersHaveTheirOwnTimeAndTakeTheirPayloadAlong() {
    for (int i = 1; i <= 2; i++) {
      store.projection().commit(Samples.batch(i, List.of(), List.of(owed(i, ENDPOINT, lease(i)))));
      DeadPayload payload = new DeadPayload(Samples.WORKSPACE, Bytes.utf8("fact"));
      store
          .deliveries()
          .settle(
              List.of(new Settlement.Dead(deliveryId(i, ENDPOINT), lease(i), null, "x", payload)),
              at(1_000));
    }
    clean(keep(50, 0, 2, 99));
    assertThat(List.of(hasDelivery(1), hasDelivery(2))).containsExactly(false, true);
    assertThat(store.deliveries().deadPayload(deliveryId(1, ENDPOINT))).isNull();
    assertThat(store.deliveries().deadPayload(deliveryId(2, ENDPOINT))).isNotNull();
  }

  @Test
  void onlyTheNewestRejectedEventsAreKept() {
    List<EventRow> events = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      events.add(event(i, i == 3 ? EventRow.State.PROCESSED : EventRow.State.REJECTED));
    }
    store.projection().commit(Samples.batch(1, events, List.of()));
    clean(keep(0, 0, 0, 2));
    assertThat(List.of(hasEvent(1), hasEvent(3), hasEvent(4), hasEvent(5), hasEvent(6)))
        .containsExactly(false, true, false, true, true);
  }

  @Test
  void keysGoAfterTheirTime() {
    LedgerItem old = Said.message(1, "wamid.old", Said.user("4915111"));
    LedgerItem young = Said.message(7, "wamid.young", Said.user("4915222"));
    store.ledger().apply(List.of(old, young));
    clean(keep(5, 5, 0, 99));
    List<ItemKey> keys = List.of(old.key(), young.key());
    assertThat(store.projection().seen(keys)).containsOnlyKeys(young.key());
    assertThat(store.events().message(Samples.WORKSPACE, "wamid.old")).isEmpty();
    assertThat(store.events().message(Samples.WORKSPACE, "wamid.young")).isPresent();
  }

  @Test
  void moreThanOneStepIsTaken() {
    List<EventRow> events = new ArrayList<>();
    for (int i = 0; i < 2 * SqlHousekeeping.WINDOW + 10; i++) {
      events.add(event(i));
    }
    store.projection().commit(Samples.batch(1, events, List.of()));
    clean(keep(events.size() - 5, 0, 0, 99));
    assertThat(hasEvent(events.size() - 6)).isFalse();
    assertThat(hasEvent(events.size() - 5)).isTrue();
  }

  @Test
  void whatIsKeptForSecondsIsLookedThroughWithinSeconds() {
    store.projection().commit(Samples.batch(1, List.of(event(1)), List.of()));
    clean(keep(80, 80, 0, 99), 100);
    assertThat(hasEvent(1)).isFalse();
    store.projection().commit(Samples.batch(2, List.of(event(82)), List.of()));
    clean(keep(84, 84, 0, 99), 104);
    assertThat(hasEvent(82)).isTrue();
    clean(keep(85, 85, 0, 99), 105);
    assertThat(hasEvent(82)).isFalse();
  }
}
