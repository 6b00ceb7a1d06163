package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Samples.ENDPOINT;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static dev.chasqui.store.sql.Samples.attempt;
import static dev.chasqui.store.sql.Samples.deliveryId;
import static dev.chasqui.store.sql.Samples.event;
import static dev.chasqui.store.sql.Samples.lease;
import static dev.chasqui.store.sql.Samples.owed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.DeliveryViews.Backlog;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Housekeeping.Retention;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Delivered;
import dev.chasqui.store.ProjectionStore.Filtered;
import dev.chasqui.store.ProjectionStore.Move;
import dev.chasqui.store.ProjectionStore.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// After any history the counters are what counting the rows comes to.
abstract class CountersContract extends StoreContract {

  private static final EndpointId SECOND = Samples.endpointId(2);
  private static final List<EndpointId> ENDPOINTS = List.of(ENDPOINT, SECOND);
  private static final int STEPS = 60;

  private Random random = new Random(1);
  private int last;
  private long fence;

  CountersContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void areRightAfterAnyHistory(long seed) {
    random = new Random(seed);
    store.resources().putEndpoint(Samples.endpoint(1));
    store.resources().putEndpoint(Samples.endpoint(2));
    for (int i = 0; i < STEPS; i++) {
      step();
    }
    check();
    reopen();
    check();
  }

  @Test
  void ofAnEmptyStoreAreZero() {
    check();
    assertThat(store.deliveryViews().backlogs(ENDPOINTS))
        .isEqualTo(Map.of(ENDPOINT, Backlog.NONE, SECOND, Backlog.NONE));
  }

  /// What counts cost does not grow with the rows, since they are not looked at.
  @Test
  void areReadAndNotCounted() {
    store.resources().putEndpoint(Samples.endpoint(1));
    store
        .projection()
        .commit(Samples.batch(1, List.of(event(1)), List.of(owed(1, ENDPOINT, null))));
    numbers("UPDATE event_counts SET events = events + 7000 RETURNING events");
    numbers("UPDATE delivery_counts SET deliveries = deliveries + 7000 RETURNING deliveries");
    Map<String, Map<String, Long>> counts = store.events().counts(WORKSPACE);
    assertThat(counts.get("events")).containsEntry("processed", 7_001L);
    assertThat(counts.get("deliveries")).containsEntry("pending", 7_001L);
    Backlog backlog =
        store.deliveryViews().backlogs(ENDPOINTS).getOrDefault(ENDPOINT, Backlog.NONE);
    assertThat(backlog.count()).isEqualTo(7_001L);
  }

  private void step() {
    switch (random.nextInt(10)) {
      case 0, 1, 2 -> commit();
      case 3 -> settleClaimed();
      case 4 -> store.deliveries().releaseNode("node-1", at(last));
      case 5 -> store.deliveries().requeue(some(), at(last), null);
      case 6 -> store.deliveries().owe(List.of(owedTo(one(), null)), at(last), null);
      case 7 -> deadLetter();
      case 8 -> accept();
      case 9 -> clean();
      default -> throw new IllegalStateException();
    }
    check();
  }

  /// Once in three times the batch comes twice, as after a crash between commit and cursor.
  private void commit() {
    List<EventRow> events = new ArrayList<>();
    List<Owed> owed = new ArrayList<>();
    List<Delivered> delivered = new ArrayList<>();
    List<Filtered> filtered = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(20); i++) {
      last++;
      EventRow.State[] states = EventRow.State.values();
      events.add(event(last, states[random.nextInt(states.length)]));
      switch (random.nextInt(4)) {
        case 0 -> owed.add(owedTo(last, null));
        case 1 -> owed.add(owedTo(last, lease(++fence)));
        case 2 -> delivered.add(new Delivered(owedTo(last, null), attempt(last, "delivered")));
        default -> filtered.add(filtered(last));
      }
    }
    Batch batch =
        new Batch(new Move(0, last), events, List.of(), owed, delivered, List.of(), filtered);
    store.projection().commit(batch);
    if (random.nextInt(3) == 0) {
      store.projection().commit(batch);
    }
  }

  private Owed owedTo(int number, @Nullable Lease lease) {
    return owed(number, ENDPOINTS.get(number % 2), lease);
  }

  private static Filtered filtered(int number) {
    EndpointId endpoint = ENDPOINTS.get(number % 2);
    return new Filtered(
        deliveryId(number, endpoint),
        owed(number, endpoint, null).source(),
        endpoint,
        "0.0.0",
        Priority.MESSAGES,
        "rule");
  }

  private int one() {
    return 1 + random.nextInt(Math.max(1, last));
  }

  private List<DeliveryId> some() {
    List<DeliveryId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int number = one();
      ids.add(deliveryId(number, ENDPOINTS.get(number % 2)));
    }
    return ids;
  }

  private void settleClaimed() {
    EndpointId endpoint = ENDPOINTS.get(random.nextInt(2));
    List<Settlement> settlements = new ArrayList<>();
    for (Claimed claimed :
        store.deliveries().claim(endpoint, lease(++fence), at(last + 1_000), 15)) {
      settlements.add(settlement(claimed));
    }
    store.deliveries().settle(settlements, at(last));
    // A second time each lease is lost.
    store.deliveries().settle(settlements, at(last));
  }

  private Settlement settlement(Claimed claimed) {
    return switch (random.nextInt(4)) {
      case 0 -> new Settlement.Delivered(claimed.id(), claimed.lease(), attempt(last, "delivered"));
      case 1 ->
          new Settlement.Retry(
              claimed.id(), claimed.lease(), attempt(last, "timeout"), at(last + 10));
      case 2 ->
          new Settlement.Dead(
              claimed.id(), claimed.lease(), attempt(last, "timeout"), "timeout", payload());
      default -> new Settlement.Returned(claimed.id(), claimed.lease(), at(last));
    };
  }

  private static DeadPayload payload() {
    return new DeadPayload(WORKSPACE, Bytes.utf8("fact"));
  }

  private void deadLetter() {
    Map<DeliveryId, DeadPayload> deadLettered =
        Map.of(deliveryId(one(), ENDPOINT), payload(), deliveryId(one(), SECOND), payload());
    store.deliveries().deadLetter(deadLettered, "deleted");
  }

  private void accept() {
    int number = one();
    store.events().accept(event(number), List.of(owedTo(number, null)), List.of());
  }

  private void clean() {
    Instant from = at(one());
    Retention retention = new Retention(from, at(0), from, from, at(0), at(0), 5);
    int steps = 0;
    while (store.housekeeping().step(retention, at(last).plusSeconds(100_000L * ++steps))) {
      assertThat(steps).isLessThan(1_000);
    }
  }

  private void check() {
    Map<String, Map<String, Long>> counts = store.events().counts(WORKSPACE);
    assertThat(counts.get("events"))
        .containsEntry("processed", number("SELECT count(*) FROM events WHERE state = 0"))
        .containsEntry("duplicate", number("SELECT count(*) FROM events WHERE state = 1"))
        .containsEntry("rejected", number("SELECT count(*) FROM events WHERE state = 2"))
        .containsEntry("failed", number("SELECT count(*) FROM events WHERE state = 3"));
    assertThat(counts.get("notifications"))
        .containsEntry("message", number("SELECT coalesce(sum(messages), 0) FROM events"))
        .containsEntry("status", number("SELECT coalesce(sum(statuses), 0) FROM events"));
    assertThat(counts.get("deliveries"))
        .containsEntry("pending", deliveries(0))
        .containsEntry("retrying", deliveries(1))
        .containsEntry("leased", deliveries(2))
        .containsEntry("delivered", deliveries(3))
        .containsEntry("dead", deliveries(4))
        .containsEntry("cancelled", deliveries(5))
        .containsEntry("filtered", deliveries(6));
    long owed = deliveries(0) + deliveries(1) + deliveries(2);
    assertThat(
            store.deliveryViews().backlogs(ENDPOINTS).values().stream()
                .mapToLong(Backlog::count)
                .sum())
        .isEqualTo(owed);
  }

  private long deliveries(int state) {
    return number("SELECT count(*) FROM deliveries WHERE state = " + state);
  }

  final long number(String sql) {
    return numbers(sql).getFirst();
  }
}
