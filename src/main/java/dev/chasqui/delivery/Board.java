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
/// * the memory: an endpoint holds no more than its share of the [Room]; one that is failing holds
///   only the one it is probed with; what is more stays in the store;
/// * the lane: its budget, and the turns in [Lanes];
/// * the endpoint: its `maxInFlight`, its allowance after a time of failing, and its rate.
///
/// A delivery passes through as: reserved (by the projection or for a claim), added, taken,
/// finished, settled. It counts in memory from the first to the last of these.
final class Board {

  private final DeliverySettings settings;
  private final Function<EndpointId, @Nullable Endpoint> endpoints;
  private final LongSupplier nanos;
  private final Lanes lanes;
  private final Room room;
  private final Map<EndpointId, Tray> trays = new HashMap<>();
  private boolean stopped;

  Board(
      DeliverySettings settings,
      Function<EndpointId, @Nullable Endpoint> endpoints,
      LongSupplier nanos,
      Alarm alarm) {
    this.settings = settings;
    this.endpoints = endpoints;
    this.nanos = nanos;
    this.lanes = new Lanes(settings.lanes(), nanos, alarm);
    this.room = new Room(settings.memory());
  }

  /// Has [#wake] called after a while; returns at once.
  @FunctionalInterface
  interface Alarm {
    void in(long nanos, Tray tray);
  }

  /// Takes a slot for a delivery to come.
  ///
  /// @return false if there is no room, or the endpoint takes no live traffic now
  synchronized boolean reserve(EndpointId endpoint, Priority priority) {
    Tray tray = tray(endpoint);
    boolean takesLiveTraffic = !stopped && tray.isOpen() && !tray.pulse.isFailing();
    if (!takesLiveTraffic || tray.held() >= room.liveShare(tray.lane(), priority)) {
      return false;
    }
    expect(tray, 1);
    return true;
  }

  /// Takes slots for a portion to be claimed from the store. Live traffic goes first: a backlog
  /// gets half of the share that live traffic has, and only when half of that is free, so that
  /// portions are not crumbs; and no more than the endpoint can begin while the lease lasts.
  ///
  /// @return how many, 0 if none may be claimed now
  synchronized int reservePortion(EndpointId endpoint) {
    Tray tray = tray(endpoint);
    int share = room.backlogShare(tray.lane());
    boolean failing = tray.pulse.isFailing();
    boolean probed = tray.held() > 0 || !lanes.isTime(tray);
    boolean tooFull = tray.held() * 2 > share || share == 0;
    if (failing && !lanes.isTime(tray)) {
      lanes.offerLater(tray);
    }
    boolean waits = tray.awaitsCatchUp || (failing && probed);
    if (stopped || !tray.isOpen() || tooFull || waits) {
      return 0;
    }
    int wanted = Math.min(tray.appetite(halfALease()), settings.claiming().portion());
    int portion = failing ? 1 : Math.min(share - tray.held(), wanted);
    expect(tray, portion);
    return portion;
  }

  private long halfALease() {
    return settings.claiming().lease().toNanos() / 2;
  }

  private void expect(Tray tray, int count) {
    tray.expected += count;
    room.taken(tray.lane(), count);
  }

  /// Gives slots back for which nothing came.
  synchronized void release(EndpointId endpoint, int count) {
    Tray tray = tray(endpoint);
    tray.expected -= count;
    room.released(tray.lane(), count);
  }

  /// Fills slots.
  ///
  /// @return what cannot be worked on any more and goes back to the store
  synchronized List<Work> add(Collection<Work> arrived) {
    List<Work> refused = new ArrayList<>(0);
    for (Work work : arrived) {
      Tray tray = tray(work.endpoint());
      tray.expected--;
      if (stopped || !tray.isOpen() || isMoreThanItsProbe(tray)) {
        room.left(tray.lane(), 1);
        refused.add(work);
        continue;
      }
      tray.waiting.add(room.bounded(work));
      lanes.offer(tray);
    }
    return refused;
  }

  /// What was reserved or claimed before an endpoint fell is not kept for it afterwards.
  private boolean isMoreThanItsProbe(Tray tray) {
    boolean idle = tray.waiting.isEmpty() && tray.inFlight == 0;
    return tray.pulse.isFailing() && !(idle && lanes.isTime(tray));
  }

  /// Takes the next delivery that may start, null if there is none.
  synchronized @Nullable Started take() {
    return lanes.take();
  }

  /// Looks at an endpoint again whose pause is over.
  synchronized void wake(Tray tray) {
    tray.wakePending = false;
    lanes.offer(tray);
  }

  /// Ends what [#take] began.
  ///
  /// @return the endpoint's health before and after, and what is evicted because it is failing now
  synchronized Ended finish(Started started, Ending ending) {
    Tray tray = tray(started.work().endpoint());
    room.left(tray.lane(), 1);
    tray.inFlight--;
    lanes.end(started);
    room.bodyGone(started.work());
    EndpointHealth before = tray.health();
    measure(tray, started, ending);
    feel(tray, ending);
    EndpointHealth after = tray.health();
    boolean fell = before.state() != after.state() && tray.pulse.isFailing();
    List<Work> evicted = fell ? evict(tray) : List.of();
    lanes.offer(tray);
    if (lanes.inFlight() == 0) {
      notifyAll();
    }
    return new Ended(before, after, evicted);
  }

  private void measure(Tray tray, Started started, Ending ending) {
    if (!started.isSample()) {
      return;
    }
    Lane before = tray.lane();
    tray.meter.measured(ending);
    room.moved(before, tray.lane(), tray.held());
  }

  private void feel(Tray tray, Ending ending) {
    boolean wasFailing = tray.pulse.isFailing();
    tray.pulse =
        switch (ending.result()) {
          case SUCCESS -> tray.pulse.afterSuccess();
          case FAILURE -> tray.pulse.afterFailure(false, settings.health());
          case EXHAUSTED -> tray.pulse.afterFailure(true, settings.health());
          case REPLAY_DELIVERED -> tray.pulse.isFailing() ? tray.pulse.afterSuccess() : tray.pulse;
          case NEITHER, REPLAY_FAILED -> tray.pulse;
        };
    tray.awaitsCatchUp = !tray.pulse.isFailing() && (wasFailing || tray.awaitsCatchUp);
    if (tray.pulse.isFailing() && ending.result() != Result.NEITHER) {
      tray.pauseUntil(nanos.getAsLong() + settings.health().probePause().toNanos());
      lanes.offerLater(tray);
    }
  }

  private List<Work> evict(Tray tray) {
    List<Work> evicted = tray.evict();
    evicted.forEach(room::bodyGone);
    room.left(tray.lane(), evicted.size());
    return evicted;
  }

  /// Frees the memory of deliveries whose outcome is written.
  synchronized void settled(int count) {
    room.settled(count);
  }

  /// Takes over what operators set since.
  synchronized Followed follow() {
    trays.values().removeIf(tray -> tray.held() == 0 && endpoints.apply(tray.endpoint) == null);
    List<Work> evicted = new ArrayList<>();
    List<EndpointId> released = new ArrayList<>();
    for (Tray tray : trays.values()) {
      if (tray.follow(endpoints.apply(tray.endpoint))) {
        tray.forgetPause(nanos.getAsLong());
        released.add(tray.endpoint);
      }
      boolean failing = tray.pulse.isFailing();
      tray.boundPause(nanos.getAsLong(), failing ? settings.health().probePause().toNanos() : 0);
      if (!tray.isOpen()) {
        evicted.addAll(evict(tray));
      }
      lanes.offer(tray);
    }
    return new Followed(evicted, released);
  }

  /// What following led to.
  ///
  /// @param evicted what waits for endpoints that are paused or disabled now
  /// @param released endpoints that may answer now, since they are somewhere else, sign otherwise,
  ///   or are switched on again
  record Followed(List<Work> evicted, List<EndpointId> released) {}

  /// Keeps an eye on an endpoint that something waits for, so that a change of it is noticed.
  synchronized void know(EndpointId endpoint) {
    Tray _ = tray(endpoint);
  }

  /// Says that the backlog of an endpoint that answers again is being made due.
  synchronized void catchesUp(EndpointId endpoint) {
    tray(endpoint).awaitsCatchUp = false;
  }

  /// Has a failing endpoint probed at once.
  synchronized void probeNow(EndpointId endpoint) {
    Tray tray = tray(endpoint);
    if (tray.pulse.isFailing()) {
      tray.forgetPause(nanos.getAsLong());
    }
  }

  /// Takes over from an earlier life that an endpoint is failing.
  synchronized void isFailingStill(EndpointId endpoint) {
    Tray tray = tray(endpoint);
    tray.pulse = tray.pulse.afterFailure(true, settings.health());
  }

  /// Wakes those whose pause is over by the clock of now; only where that clock is moved by hand.
  ///
  /// @return those endpoints
  synchronized List<Tray> whosePauseIsOver() {
    return trays.values().stream().filter(it -> it.wakePending && lanes.isTime(it)).toList();
  }

  /// Starts nothing any more.
  ///
  /// @return what had not started
  synchronized List<Work> stop() {
    stopped = true;
    List<Work> evicted = new ArrayList<>();
    trays.values().forEach(tray -> evicted.addAll(evict(tray)));
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

  /// How an endpoint does.
  synchronized EndpointHealth health(EndpointId endpoint) {
    return tray(endpoint).health();
  }

  /// How full it is.
  synchronized Dispatcher.Load load() {
    int waiting = trays.values().stream().mapToInt(tray -> tray.waiting.size()).sum();
    return new Dispatcher.Load(room.held(), waiting, lanes.inFlight(), room.bodyBytes());
  }

  /// How full a lane is.
  synchronized Dispatcher.LaneLoad load(Lane lane) {
    List<Tray> here = trays.values().stream().filter(tray -> tray.lane() == lane).toList();
    int waiting = here.stream().mapToInt(tray -> tray.waiting.size()).sum();
    return new Dispatcher.LaneLoad(lanes.budget(lane), lanes.inFlight(lane), waiting, here.size());
  }

  /// Whether an endpoint is only probed.
  synchronized boolean isFailing(EndpointId endpoint) {
    return tray(endpoint).pulse.isFailing();
  }

  private Tray tray(EndpointId endpoint) {
    Tray tray = trays.get(endpoint);
    if (tray == null) {
      tray = new Tray(endpoint, nanos.getAsLong());
      tray.follow(endpoints.apply(endpoint));
      trays.put(endpoint, tray);
    }
    return tray;
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

  /// What an attempt says of the receiver's speed.
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

  /// What an attempt's end changed.
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
