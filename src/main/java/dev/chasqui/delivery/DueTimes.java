package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// When something is due in the store, for each endpoint, as far as this node knows. Times are
/// rounded up to a step, and of each endpoint only the earliest are kept: what is forgotten is
/// found again when the store is asked. Guarded by its own lock.
final class DueTimes {

  private static final long STEP_MILLIS = 100;
  private static final int TIMES_PER_ENDPOINT = 1_000;

  private final Map<EndpointId, TreeSet<Long>> times = new HashMap<>();

  synchronized void add(EndpointId endpoint, Instant due) {
    addStep(endpoint, Math.ceilDiv(due.toEpochMilli(), STEP_MILLIS));
  }

  /// Something is due now: it need not wait for the next step.
  synchronized void addDue(EndpointId endpoint, Instant now) {
    addStep(endpoint, step(now));
  }

  private void addStep(EndpointId endpoint, long step) {
    TreeSet<Long> steps = times.computeIfAbsent(endpoint, _ -> new TreeSet<>());
    steps.add(step);
    if (steps.size() > TIMES_PER_ENDPOINT) {
      steps.pollLast();
    }
  }

  /// The endpoints that have something due.
  synchronized List<EndpointId> due(Instant now) {
    long step = step(now);
    return times.entrySet().stream()
        .filter(entry -> entry.getValue().first() <= step)
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Forgets what is due of an endpoint.
  synchronized void clearDue(EndpointId endpoint, Instant now) {
    TreeSet<Long> steps = times.get(endpoint);
    if (steps == null) {
      return;
    }
    steps.headSet(step(now), true).clear();
    if (steps.isEmpty()) {
      times.remove(endpoint);
    }
  }

  /// Forgets an endpoint.
  synchronized void clear(EndpointId endpoint) {
    times.remove(endpoint);
  }

  /// How long until something is due that is not due now; empty if nothing is.
  synchronized Optional<Duration> untilNext(Instant now) {
    Long next = null;
    long step = step(now);
    for (TreeSet<Long> steps : times.values()) {
      Long later = steps.higher(step);
      next = later != null && (next == null || later < next) ? later : next;
    }
    return Optional.ofNullable(next)
        .map(at -> Duration.ofMillis(at * STEP_MILLIS - now.toEpochMilli()));
  }

  private static long step(Instant now) {
    return Math.floorDiv(now.toEpochMilli(), STEP_MILLIS);
  }
}
