package dev.chasqui.delivery;

import dev.chasqui.model.Lane;
import dev.chasqui.model.Priority;
import java.util.EnumMap;
import java.util.Map;

/// Counts the memory that deliveries take, and decides which may take more. A delivery counts from
/// its reservation until its outcome is written; in its lane it counts until it has left its
/// endpoint. Guarded by the lock of its [DispatchState].
///
/// * The lane low may take a quarter of all memory, and the lane default half, so that fast
///   receivers find room however many are slow.
/// * An endpoint may take an eighth of the memory that is free to its lane: an endpoint that fills
///   its share leaves seven eighths to the others.
/// * Messages may take all of an endpoint's share, statuses and the rest less, so that a flood of
///   statuses leaves room for messages.
final class MemoryBudget {

  private final DeliverySettings.Memory bounds;
  private final Map<Lane, Integer> inLane = new EnumMap<>(Lane.class);
  private int inMemory;
  private long bodyBytes;

  MemoryBudget(DeliverySettings.Memory bounds) {
    this.bounds = bounds;
    for (Lane lane : Lane.values()) {
      inLane.put(lane, 0);
    }
  }

  int inMemory() {
    return inMemory;
  }

  long bodyBytes() {
    return bodyBytes;
  }

  /// How many deliveries of this priority an endpoint may hold as live traffic.
  int liveShare(Lane lane, Priority priority) {
    int share = share(free(lane));
    return switch (priority) {
      case MESSAGES, ECHOES -> share;
      case STATUSES -> Math.max(1, share - share / 4);
      case HISTORY -> Math.max(1, share / 2);
    };
  }

  /// How many deliveries an endpoint may hold for one more to be claimed from the store: a backlog
  /// gets half of what live traffic gets.
  int backlogShare(Lane lane) {
    return share((free(lane) + 1) / 2);
  }

  private int free(Lane lane) {
    int most = bounds.deliveries();
    int ofLane =
        switch (lane) {
          case HIGH -> most;
          case DEFAULT -> Math.max(1, most / 2);
          case LOW -> Math.max(1, most / 4);
        };
    return Math.max(0, Math.min(most - inMemory, ofLane - inLane(lane)));
  }

  private int share(int free) {
    int eighth = Math.min(free, Math.max(1, free / 8));
    return Math.min(eighth, bounds.perEndpoint());
  }

  private int inLane(Lane lane) {
    return inLane.getOrDefault(lane, 0);
  }

  void taken(Lane lane, int count) {
    inMemory += count;
    inLane.merge(lane, count, Integer::sum);
  }

  /// Slots for which nothing came are free again.
  void released(Lane lane, int count) {
    left(lane, count);
    inMemory -= count;
  }

  /// Deliveries left their endpoint; their outcome is still to be written.
  void left(Lane lane, int count) {
    inLane.merge(lane, -count, Integer::sum);
  }

  void settled(int count) {
    inMemory -= count;
  }

  /// Deliveries wait in another lane now.
  void moved(Lane from, Lane to, int count) {
    left(from, count);
    inLane.merge(to, count, Integer::sum);
  }

  /// The same work, without its body if there is no room for it.
  Work bounded(Work work) {
    boolean fits = bodyBytes + work.bodyBytes() <= bounds.bodyBytes();
    Work kept = fits ? work : work.withoutPayload();
    bodyBytes += kept.bodyBytes();
    return kept;
  }

  void bodyGone(Work work) {
    bodyBytes -= work.bodyBytes();
  }
}
