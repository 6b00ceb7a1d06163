package dev.chasqui.delivery;

import dev.chasqui.delivery.Work.Started;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Priority;
import dev.chasqui.model.SendResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// All of the dispatcher's shared state: what each endpoint has in memory, what is under way in
/// each lane, and how much memory all of it takes. One lock, this object's own, guards it; nothing
/// under it blocks, does I/O or calls out, but for arming an [Alarm].
///
/// Three bounds meet here, and each keeps a dead endpoint from the others' share:
/// * the memory: an endpoint holds no more than its share of the [MemoryBudget]; one that is
///   failing holds only the one it is probed with; what is more stays in the store;
/// * the lane: its budget, and the turns in [Lanes];
/// * the endpoint: its `maxInFlight`, its allowance after a time of failing, and its rate.
///
/// A delivery passes through as: reserved (by the projection or for a claim), added, taken,
/// finished, settled. It counts in memory from the first to the last of these.
final class DispatchState {

  private final DeliverySettings settings;
  private final Function<EndpointId, @Nullable Endpoint> endpoints;
  private final LongSupplier nanos;
  private final Lanes lanes;
  private final MemoryBudget memory;
  private final Map<EndpointId, EndpointQueue> queues = new HashMap<>();
  private boolean stopped;

  DispatchState(
      DeliverySettings settings,
      Function<EndpointId, @Nullable Endpoint> endpoints,
      LongSupplier nanos,
      Alarm alarm) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.nanos = nanos;
    this.lanes = new Lanes(settings.lanes(), nanos, alarm);
    this.memory = new MemoryBudget(settings.memory());
  }

  /// Has [#wake] called after a while; returns at once.
  @FunctionalInterface
  interface Alarm {
    void in(long nanos, EndpointQueue queue);
  }

  /// Takes a slot for a delivery to come.
  ///
  /// @return false if there is no room, or the endpoint takes no live traffic now
  synchronized boolean reserve(EndpointId endpoint, Priority priority) {
    EndpointQueue queue = queue(endpoint);
    boolean takesLiveTraffic = !stopped && queue.isOpen() && !queue.breaker.isFailing();
    if (!takesLiveTraffic || queue.inMemory() >= memory.liveShare(queue.lane(), priority)) {
      return false;
    }
    expect(queue, 1);
    return true;
  }

  /// Takes slots for a portion to be claimed from the store. Live traffic goes first: a backlog
  /// gets half of the share that live traffic has, and only when half of that is free, so that
  /// portions are not crumbs; and no more than the endpoint can begin while the lease lasts.
  ///
  /// @return how many, 0 if none may be claimed now
  synchronized int reservePortion(EndpointId endpoint) {
    EndpointQueue queue = queue(endpoint);
    int share = memory.backlogShare(queue.lane());
    boolean failing = queue.breaker.isFailing();
    boolean probed = queue.inMemory() > 0 || !lanes.isTime(queue);
    boolean tooFull = queue.inMemory() * 2 > share || share == 0;
    if (failing && !lanes.isTime(queue)) {
      lanes.offerLater(queue);
    }
    boolean waits = queue.awaitsCatchUp || (failing && probed);
    if (stopped || !queue.isOpen() || tooFull || waits) {
      return 0;
    }
    int wanted = Math.min(queue.appetite(halfALease()), settings.claiming().portion());
    int portion = failing ? 1 : Math.min(share - queue.inMemory(), wanted);
    expect(queue, portion);
    return portion;
  }

  private long halfALease() {
    return settings.claiming().lease().toNanos() / 2;
  }

  private void expect(EndpointQueue queue, int count) {
    queue.expected += count;
    memory.taken(queue.lane(), count);
  }

  /// Gives slots back for which nothing came.
  synchronized void release(EndpointId endpoint, int count) {
    EndpointQueue queue = queue(endpoint);
    queue.expected -= count;
    memory.released(queue.lane(), count);
  }

  /// Fills slots.
  ///
  /// @return what cannot be worked on any more and goes back to the store
  synchronized List<Work> add(Collection<Work> arrived) {
    List<Work> refused = new ArrayList<>(0);
    for (Work work : arrived) {
      EndpointQueue queue = queue(work.endpoint());
      queue.expected--;
      if (stopped || !queue.isOpen() || isMoreThanItsProbe(queue)) {
        memory.left(queue.lane(), 1);
        refused.add(work);
        continue;
      }
      queue.waiting.add(memory.bounded(work));
      lanes.offer(queue);
    }
    return refused;
  }

  /// What was reserved or claimed before an endpoint fell is not kept for it afterwards.
  private boolean isMoreThanItsProbe(EndpointQueue queue) {
    boolean idle = queue.waiting.isEmpty() && queue.inFlight == 0;
    return queue.breaker.isFailing() && !(idle && lanes.isTime(queue));
  }

  /// Takes the next delivery that may start, null if there is none.
  synchronized @Nullable Started take() {
    return lanes.take();
  }

  /// Looks at an endpoint again whose pause is over.
  synchronized void wake(EndpointQueue queue) {
    queue.wakePending = false;
    lanes.offer(queue);
  }

  /// Ends what [#take] began.
  ///
  /// @return the endpoint's health before and after, and what is evicted because it is failing now
  synchronized Ended finish(Started started, Ending ending) {
    EndpointQueue queue = queue(started.work().endpoint());
    memory.left(queue.lane(), 1);
    queue.inFlight--;
    lanes.end(started);
    memory.bodyGone(started.work());
    EndpointHealth before = queue.health();
    measure(queue, started, ending);
    updateHealth(queue, ending);
    EndpointHealth after = queue.health();
    boolean fell = before.state() != after.state() && queue.breaker.isFailing();
    List<Work> evicted = fell ? evict(queue) : List.of();
    lanes.offer(queue);
    if (lanes.inFlight() == 0) {
      notifyAll();
    }
    return new Ended(before, after, evicted);
  }

  private void measure(EndpointQueue queue, Started started, Ending ending) {
    if (!started.isSample()) {
      return;
    }
    Lane before = queue.lane();
    queue.meter.measured(ending);
    memory.moved(before, queue.lane(), queue.inMemory());
  }

  private void updateHealth(EndpointQueue queue, Ending ending) {
    boolean wasFailing = queue.breaker.isFailing();
    queue.breaker =
        switch (ending.result()) {
          case SUCCESS -> queue.breaker.afterSuccess();
          case FAILURE -> queue.breaker.afterFailure(false, settings.health());
          case EXHAUSTED -> queue.breaker.afterFailure(true, settings.health());
          case REPLAY_DELIVERED ->
              queue.breaker.isFailing() ? queue.breaker.afterSuccess() : queue.breaker;
          case NEITHER, REPLAY_FAILED -> queue.breaker;
        };
    queue.awaitsCatchUp = !queue.breaker.isFailing() && (wasFailing || queue.awaitsCatchUp);
    if (queue.breaker.isFailing() && ending.result() != Result.NEITHER) {
      queue.pauseUntil(nanos.getAsLong() + settings.health().probePause().toNanos());
      lanes.offerLater(queue);
    }
  }

  private List<Work> evict(EndpointQueue queue) {
    List<Work> evicted = queue.evict();
    evicted.forEach(memory::bodyGone);
    memory.left(queue.lane(), evicted.size());
    return evicted;
  }

  /// Frees the memory of deliveries whose outcome is written.
  synchronized void settled(int count) {
    memory.settled(count);
  }

  /// Takes over what operators set since.
  synchronized Followed follow() {
    queues
        .values()
        .removeIf(queue -> queue.inMemory() == 0 && endpoints.apply(queue.endpoint) == null);
    List<Work> evicted = new ArrayList<>();
    List<EndpointId> released = new ArrayList<>();
    for (EndpointQueue queue : queues.values()) {
      if (queue.follow(endpoints.apply(queue.endpoint))) {
        queue.forgetPause(nanos.getAsLong());
        released.add(queue.endpoint);
      }
      boolean failing = queue.breaker.isFailing();
      queue.boundPause(nanos.getAsLong(), failing ? settings.health().probePause().toNanos() : 0);
      if (!queue.isOpen()) {
        evicted.addAll(evict(queue));
      }
      lanes.offer(queue);
    }
    return new Followed(evicted, released);
  }

  /// The deliveries to give back and to release after a change of endpoints.
  ///
  /// @param evicted what waits for endpoints that are paused or disabled now
  /// @param released endpoints that may answer now, since they are somewhere else, sign otherwise,
  ///   or are switched on again
  record Followed(List<Work> evicted, List<EndpointId> released) {}

  /// Keeps an eye on an endpoint that something waits for, so that a change of it is noticed.
  synchronized void know(EndpointId endpoint) {
    EndpointQueue _ = queue(endpoint);
  }

  /// Says that the backlog of an endpoint that answers again is being made due.
  synchronized void catchesUp(EndpointId endpoint) {
    queue(endpoint).awaitsCatchUp = false;
  }

  /// Has a failing endpoint probed at once.
  synchronized void probeNow(EndpointId endpoint) {
    EndpointQueue queue = queue(endpoint);
    if (queue.breaker.isFailing()) {
      queue.forgetPause(nanos.getAsLong());
    }
  }

  /// Takes over from an earlier life that an endpoint is failing.
  synchronized void isFailingStill(EndpointId endpoint) {
    EndpointQueue queue = queue(endpoint);
    queue.breaker = queue.breaker.afterFailure(true, settings.health());
  }

  /// Wakes those whose pause is over by the clock of now; only where that clock is moved by hand.
  ///
  /// @return those endpoints
  synchronized List<EndpointQueue> whosePauseIsOver() {
    return queues.values().stream().filter(it -> it.wakePending && lanes.isTime(it)).toList();
  }

  /// Starts nothing any more.
  ///
  /// @return what had not started
  synchronized List<Work> stop() {
    stopped = true;
    List<Work> evicted = new ArrayList<>();
    queues.values().forEach(queue -> evicted.addAll(evict(queue)));
    return evicted;
  }

  /// Waits until nothing is under way.
  ///
  /// @return false if the limit passed first
  synchronized boolean awaitQuiet(long limitNanos) throws InterruptedException {
    long end = System.nanoTime() + limitNanos;
    while (lanes.inFlight() > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
    }
    return true;
  }

  synchronized EndpointHealth health(EndpointId endpoint) {
    return queue(endpoint).health();
  }

  synchronized Dispatcher.Load load() {
    int waiting = queues.values().stream().mapToInt(queue -> queue.waiting.size()).sum();
    return new Dispatcher.Load(memory.inMemory(), waiting, lanes.inFlight(), memory.bodyBytes());
  }

  synchronized Dispatcher.LaneLoad load(Lane lane) {
    List<EndpointQueue> here =
        queues.values().stream().filter(queue -> queue.lane() == lane).toList();
    int waiting = here.stream().mapToInt(queue -> queue.waiting.size()).sum();
    return new Dispatcher.LaneLoad(lanes.budget(lane), lanes.inFlight(lane), waiting, here.size());
  }

  /// Whether an endpoint is only probed.
  synchronized boolean isFailing(EndpointId endpoint) {
    return queue(endpoint).breaker.isFailing();
  }

  private EndpointQueue queue(EndpointId endpoint) {
    EndpointQueue queue = queues.get(endpoint);
    if (queue == null) {
      queue = new EndpointQueue(endpoint, nanos.getAsLong());
      queue.follow(endpoints.apply(endpoint));
      queues.put(endpoint, queue);
    }
    return queue;
  }

  /// How an attempt went for the endpoint's health.
  enum Result {
    SUCCESS,
    FAILURE,
    /// A failure after which the delivery has no attempt left.
    EXHAUSTED,
    /// It says nothing of the endpoint.
    NEITHER,
    /// A replay that was taken: a failing endpoint answers again; else its health stays as it is.
    REPLAY_DELIVERED,
    /// A failed replay: the endpoint's health stays as it is; one that is failing has its pause.
    REPLAY_FAILED
  }

  /// How an attempt ended.
  ///
  /// @param millis how long it took, -1 if nothing was sent
  /// @param speed what it says of the receiver's speed
  record Ending(Result result, long millis, Speed speed) {

    /// Of work for which nothing was sent.
    static final Ending UNTRIED = new Ending(Result.NEITHER, -1, Speed.UNKNOWN);
  }

  /// How an attempt counts for the receiver's speed.
  enum Speed {
    ANSWERED,
    TIMED_OUT,
    UNKNOWN;

    static Speed of(SendResult result) {
      return switch (result) {
        case SendResult.Answered _ -> ANSWERED;
        case SendResult.Failed failed ->
            failed.failure() == SendResult.Failure.TIMEOUT ? TIMED_OUT : UNKNOWN;
      };
    }
  }

  /// An endpoint's health before and after an attempt ended, and the deliveries that its queue gave
  /// up because of it.
  record Ended(EndpointHealth before, EndpointHealth after, List<Work> evicted) {

    /// Whether the endpoint began to fail, or answers again.
    boolean isChangeOfFailing() {
      return isFailing(before) != isFailing(after);
    }

    private static boolean isFailing(EndpointHealth health) {
      return health.state() == EndpointHealth.State.FAILING;
    }
  }
}
