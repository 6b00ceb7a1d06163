package dev.chasqui.app;

import dev.chasqui.delivery.Outcome;
import dev.chasqui.model.AnswerTimes;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SeriesStore.Counted;
import dev.chasqui.store.SeriesStore.Name;
import dev.chasqui.store.SeriesStore.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Counts by minute what passes through memory, until the store takes it. In one minute so many
/// labels are counted by themselves; those that come later are told as `other`. While the store
/// takes nothing, what finds no room is lost. Safe for use by many threads.
final class SeriesCounts {

  static final String OTHER = "other";

  /// How many minutes full of labels there is room for.
  private static final int MINUTES = 2;

  /// The receiver answered; how long it takes to find out that it does not is no time of an answer.
  private static final Set<Outcome> ANSWERED =
      EnumSet.of(Outcome.DELIVERED, Outcome.STATUS, Outcome.CANCELLED, Outcome.DISABLED);

  private final int max;
  private final Clock clock;
  private final Function<EndpointId, @Nullable Endpoint> endpoints;
  private final ConcurrentMap<Place, Long> counts = new ConcurrentHashMap<>();
  private final Set<SeriesStore.Key> known = ConcurrentHashMap.newKeySet();
  private final LongAdder lost = new LongAdder();
  private volatile Instant minute = Instant.EPOCH;

  /// @param max labels in one minute
  /// @param endpoints answers from memory
  SeriesCounts(int max, Clock clock, Function<EndpointId, @Nullable Endpoint> endpoints) {
    this.max = max;
    this.clock = clock;
    this.endpoints = endpoints;
  }

  private record Place(SeriesStore.Key key, Instant minute) {}

  /// An event is in the store.
  void projected(EventRow event) {
    if (event.state() == EventRow.State.REJECTED) {
      return;
    }
    WorkspaceId workspace = event.origin().workspace();
    String topic = event.summary().topic().wire();
    count(new SeriesStore.Key(Name.EVENTS, workspace, event.origin().source(), topic), 1);
    for (String id : event.scope().phoneNumberIds()) {
      count(new SeriesStore.Key(Name.NUMBERS, workspace, id, topic), 1);
    }
  }

  void rejected(WorkspaceId workspace, String source, String reason) {
    count(new SeriesStore.Key(Name.REJECTS, workspace, source, reason), 1);
  }

  /// What became of a delivery is in the store.
  void written(EndpointId endpoint, Settlement settlement) {
    switch (settlement) {
      case Settlement.Delivered _ -> count(Name.DELIVERIES, endpoint, "delivered", 1);
      case Settlement.Retry _ -> count(Name.DELIVERIES, endpoint, "retrying", 1);
      case Settlement.Dead dead -> count(Name.DELIVERIES, endpoint, end(dead.attempt()), 1);
      // Nothing was tried, so nothing has changed.
      case Settlement.Returned _, Settlement.Moved _ -> {}
    }
  }

  private static String end(@Nullable Attempt last) {
    boolean isCancelled = last != null && last.outcome().equals(Outcome.CANCELLED.wire());
    return isCancelled ? "cancelled" : "dead";
  }

  void deadLettered(EndpointId endpoint, int count) {
    count(Name.DELIVERIES, endpoint, "dead", count);
  }

  void attempted(EndpointId endpoint, Outcome outcome, Duration took) {
    if (ANSWERED.contains(outcome)) {
      count(Name.LATENCY, endpoint, Integer.toString(AnswerTimes.bucket(took)), 1);
    }
  }

  private void count(Name name, EndpointId id, String detail, int amount) {
    Endpoint endpoint = endpoints.apply(id);
    if (endpoint != null && amount > 0) {
      count(new SeriesStore.Key(name, endpoint.workspace(), id.toString(), detail), amount);
    }
  }

  private void count(SeriesStore.Key key, int amount) {
    Instant now = Step.MINUTE.floor(clock.instant());
    Place place = new Place(bounded(key, now), now);
    if (counts.size() >= MINUTES * max && !counts.containsKey(place)) {
      lost.add(amount);
      return;
    }
    counts.merge(place, (long) amount, Long::sum);
  }

  private SeriesStore.Key bounded(SeriesStore.Key key, Instant now) {
    if (!now.equals(minute)) {
      minute = now;
      known.clear();
    }
    if (known.contains(key)) {
      return key;
    }
    if (known.size() >= max) {
      return new SeriesStore.Key(key.name(), key.workspace(), OTHER, key.detail());
    }
    known.add(key);
    return key;
  }

  /// Takes out what was counted.
  List<Counted> drain() {
    List<Counted> drained = new ArrayList<>();
    for (Place place : counts.keySet()) {
      Long amount = counts.remove(place);
      if (amount != null) {
        drained.add(new Counted(place.key(), place.minute(), amount));
      }
    }
    return drained;
  }

  /// Tells once how much was lost since it was asked before.
  long takeLost() {
    return lost.sumThenReset();
  }
}
