package dev.chasqui.store.sql;

import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.ProjectionStore.Batch;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A process that commits batches until it is killed, and what must be true of its store after.
final class CommitLoop {

  static final int PER_BATCH = 20;

  private CommitLoop() {}

  /// @param arguments the data directory
  public static void main(String[] arguments) {
    StoreSettings settings = StoreSettings.embedded(Path.of(arguments[0]));
    Clock clock = Clock.fixed(Samples.START, ZoneOffset.UTC);
    try (Store store =
        SqlStore.open(
            settings,
            clock,
            new StoreFixture.PlainSealer(),
            StoreFixture.HASH,
            Supervisor.ofProcess())) {
      for (int batch = 1; batch < 1_000_000; batch++) {
        commit(store, batch);
        System.out.println(batch);
      }
    }
  }

  static void commit(Store store, int batch) {
    store.projection().commit(batch(batch));
  }

  /// Batch `number` moves the cursor to its number.
  static Batch batch(int number) {
    List<EventRow> events = new ArrayList<>();
    List<Owed> owed = new ArrayList<>();
    for (int i = 0; i < PER_BATCH; i++) {
      events.add(Samples.event(number * PER_BATCH + i));
      owed.add(Samples.owed(number * PER_BATCH + i, Samples.ENDPOINT, Samples.lease(number)));
    }
    return Samples.batch(number, events, owed);
  }

  /// Exactly the rows up to the cursor are there.
  ///
  /// @return the cursor
  static long check(Store store) {
    int cursor = (int) store.projection().cursor(0);
    for (int i = PER_BATCH; i < (cursor + 3) * PER_BATCH; i++) {
      boolean isBehind = i < (cursor + 1) * PER_BATCH;
      boolean hasEvent = store.events().find(Samples.eventId(i)).isPresent();
      boolean hasDelivery =
          !store.deliveryViews().ofEvent(Samples.eventId(i), PageRequest.first()).data().isEmpty();
      if (hasEvent != isBehind || hasDelivery != isBehind) {
        throw new AssertionError("cursor " + cursor + " and row " + i + " do not agree");
      }
    }
    Map<String, Map<String, Long>> counts = store.events().counts(Samples.WORKSPACE);
    long counted = counts.getOrDefault("events", Map.of()).getOrDefault("processed", 0L);
    if (counted != (long) cursor * PER_BATCH) {
      throw new AssertionError(
          "cursor " + cursor + " and the counter " + counted + " do not agree");
    }
    return cursor;
  }
}
