package dev.chasqui.delivery;

import dev.chasqui.delivery.Work.Started;
import dev.chasqui.model.Lane;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Decides which endpoint starts the next delivery. In each lane the endpoints that may start are
/// in a queue and start one delivery each in turn, so a long backlog never goes before a short one.
/// None takes more of the budget than it leaves free, so slow endpoints never have all of it.
/// Guarded by the lock of its [DispatchState].
final class Lanes {

  /// How many endpoints are looked at for one start; the next look goes on where this one ended.
  private static final int MOST_LOOKS = 64;

  private final Map<Lane, Queue> queues = new EnumMap<>(Lane.class);
  private final LongSupplier nanos;
  private final DispatchState.Alarm alarm;
  private int inFlight;

  Lanes(DeliverySettings.LaneBudgets budgets, LongSupplier nanos, DispatchState.Alarm alarm) {
    this.nanos = nanos;
    this.alarm = alarm;
    for (Lane lane : Lane.values()) {
      queues.put(lane, new Queue(budgets.of(lane)));
    }
  }

  private static final class Queue {
    final int budget;
    final ArrayDeque<EndpointQueue> ready = new ArrayDeque<>();
    int inFlight;

    Queue(int budget) {
      this.budget = budget;
    }

    /// An endpoint has no more under way than this.
    int left() {
      return budget - inFlight;
    }
  }

  /// Deliveries under way in all lanes.
  int inFlight() {
    return inFlight;
  }

  /// Takes the next delivery that may start, null if there is none.
  @Nullable Started take() {
    for (Lane lane : Lane.values()) {
      Started started = take(lane);
      if (started != null) {
        return started;
      }
    }
    return null;
  }

  private @Nullable Started take(Lane lane) {
    Queue queue = queue(lane);
    int left = queue.left();
    int looks = left <= 0 ? 0 : Math.min(queue.ready.size(), MOST_LOOKS);
    for (; looks > 0; looks--) {
      EndpointQueue endpointQueue = queue.ready.remove();
      endpointQueue.queued = false;
      boolean isHere = endpointQueue.lane() == lane;
      boolean starts = isHere && endpointQueue.mayStart(left) && isTime(endpointQueue);
      Started started = starts ? endpointQueue.start(nanos.getAsLong(), left) : null;
      offer(endpointQueue);
      if (started != null) {
        queue.inFlight++;
        inFlight++;
        return started;
      }
    }
    return null;
  }

  /// The number of attempts under way in a lane.
  int inFlight(Lane lane) {
    return queue(lane).inFlight;
  }

  int budget(Lane lane) {
    return queue(lane).budget;
  }

  /// Gives back what a start took.
  void end(Started started) {
    queue(started.lane()).inFlight--;
    inFlight--;
  }

  /// Puts an endpoint into its lane's queue if it may start, or has it looked at again when it may.
  void offer(EndpointQueue endpointQueue) {
    if (endpointQueue.queued || !endpointQueue.wantsToStart()) {
      return;
    }
    if (!isTime(endpointQueue)) {
      offerLater(endpointQueue);
      return;
    }
    endpointQueue.queued = true;
    queue(endpointQueue.lane()).ready.add(endpointQueue);
  }

  /// Has an endpoint looked at again when its pause is over.
  void offerLater(EndpointQueue endpointQueue) {
    if (!endpointQueue.wakePending || endpointQueue.wakeAt - endpointQueue.notBefore > 0) {
      endpointQueue.wakePending = true;
      endpointQueue.wakeAt = endpointQueue.notBefore;
      alarm.in(endpointQueue.notBefore - nanos.getAsLong(), endpointQueue);
    }
  }

  boolean isTime(EndpointQueue endpointQueue) {
    return nanos.getAsLong() - endpointQueue.notBefore >= 0;
  }

  @SuppressWarnings("NullAway") // every lane has its queue
  private Queue queue(Lane lane) {
    return queues.get(lane);
  }
}
