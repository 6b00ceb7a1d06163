package dev.chasqui.delivery;

import dev.chasqui.delivery.ReplayOrder.Selection;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.JobStore.Progress;
import dev.chasqui.store.JobStore.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One step of a replay: the next ids after the last one done are made due again.
final class ReplayStep {

  private static final int MOST_AT_ONCE = 200;

  /// A limited replay takes this many steps a second if its rate allows.
  private static final double STEPS_PER_SECOND = 5;

  private final Replays.Ports ports;
  private final Timing timing;

  ReplayStep(Replays.Ports ports, Timing timing) {
    this.ports = ports;
    this.timing = timing;
  }

  /// The result of a step.
  ///
  /// @param isLast whether nothing is left
  /// @param pause how long the next step waits for the rate's sake
  record Done(Progress progress, boolean isLast, Duration pause) {}

  Done make(Replay replay) {
    ReplayOrder order = ReplayOrderJson.read(replay.request());
    int size = size(order.ratePerSecond());
    String after = replay.progress().after();
    List<String> done =
        switch (order.selection()) {
          case Selection.Events events -> {
            List<EventId> next = after(events.ids(), after, EventId::parse, size);
            next.forEach(id -> replay(replay, id, order.endpoint()));
            yield next.stream().map(EventId::toString).toList();
          }
          case Selection.Deliveries deliveries -> {
            List<DeliveryId> next = after(deliveries.ids(), after, DeliveryId::parse, size);
            yield requeued(replay, order, next, owned(replay, order, next));
          }
          case Selection.Matching matching -> {
            DeliveryId last = after == null ? null : DeliveryId.parse(after);
            List<DeliveryId> next =
                ports.views().replayable(replay.workspace(), matching.filter(), last, size);
            yield requeued(replay, order, next, next);
          }
          case Selection.Waiting waiting -> {
            DeliveryId last = after == null ? null : DeliveryId.parse(after);
            List<DeliveryId> next =
                ports.views().waiting(replay.workspace(), waiting.filter(), last, size);
            ports.deliveries().retryNow(next, now());
            yield next.stream().map(DeliveryId::toString).toList();
          }
        };
    if (!done.isEmpty()) {
      ports.dispatcher().dueInStore();
    }
    return new Done(
        progress(replay.progress(), done), done.size() < size, pause(done.size(), order));
  }

  private Progress progress(Progress before, List<String> done) {
    String after = done.isEmpty() ? before.after() : done.getLast();
    return new Progress(before.total(), before.done() + done.size(), after, now());
  }

  private static <I extends Comparable<I>> List<I> after(
      List<I> sorted, @Nullable String after, Function<String, I> parse, int size) {
    I last = after == null ? null : parse.apply(after);
    return sorted.stream()
        .filter(id -> last == null || id.compareTo(last) > 0)
        .limit(size)
        .toList();
  }

  private List<String> requeued(
      Replay replay, ReplayOrder order, List<DeliveryId> all, List<DeliveryId> owned) {
    EndpointId other = order.endpoint();
    if (other == null) {
      ports.deliveries().requeue(owned, now(), replay.id());
    } else {
      owned.forEach(id -> replayTo(replay, id, other));
    }
    return all.stream().map(DeliveryId::toString).toList();
  }

  /// To the endpoint that had it the delivery is the same one; another is owed the event.
  private void replayTo(Replay replay, DeliveryId id, EndpointId endpoint) {
    Optional<DeliveryView> view = ports.views().find(id);
    if (view.isEmpty()) {
      return;
    }
    if (view.get().endpoint().equals(endpoint)) {
      ports.deliveries().requeue(List.of(id), now(), replay.id());
      return;
    }
    replay(replay, view.get().source().event(), endpoint);
  }

  private void replay(Replay replay, EventId event, @Nullable EndpointId only) {
    ports.events().replay(replay.id(), replay.workspace(), event, only);
  }

  /// Ids come from a caller, who may name what is not theirs. What goes to another endpoint may be
  /// of one that is deleted: then the event tells whose it is, as it is replayed.
  private List<DeliveryId> owned(Replay replay, ReplayOrder order, List<DeliveryId> ids) {
    return order.endpoint() != null
        ? ids
        : ids.stream().filter(id -> owns(replay.workspace(), id)).toList();
  }

  private boolean owns(WorkspaceId workspace, DeliveryId id) {
    return ports
        .views()
        .find(id)
        .map(view -> ports.owner().apply(view.endpoint()))
        .filter(workspace::equals)
        .isPresent();
  }

  private static int size(@Nullable Double ratePerSecond) {
    return ratePerSecond == null
        ? MOST_AT_ONCE
        : (int) Math.clamp(ratePerSecond / STEPS_PER_SECOND, 1, MOST_AT_ONCE);
  }

  private static Duration pause(int done, ReplayOrder order) {
    Double rate = order.ratePerSecond();
    return rate == null ? Duration.ZERO : Duration.ofNanos((long) (done / rate * 1e9));
  }

  private Instant now() {
    return timing.clock().instant();
  }
}
