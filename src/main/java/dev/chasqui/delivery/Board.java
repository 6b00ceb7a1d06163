package dev.chasqui.delivery;

import dev.chasqui.delivery.Work.Started;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
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
/// * the memory: an endpoint holds at most `perEndpoint` deliveries and at most an eighth of what
///   is free; one that is failing holds only the one it is probed with; what is more stays in the
///   store;
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
  private final Map<EndpointId, Tray> trays = new HashMap<>();
  private int held;
  private long bodyBytes;
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
    boolean takesLiveTraffic = tray.isOpen() && !tray.pulse.isFailing();
    if (!takesLiveTraffic || tray.held() >= share(free())) {
      return false;
    }
    expect(tray, 1);
    return true;
  }

  /// Takes slots for a portion to be claimed from the store. Live traffic goes first: a backlog
  /// gets half of the share that live traffic has, and only when half of that is free, so that
  /// portions are not crumbs.
  ///
  /// @return how many, 0 if none may be claimed now
  synchronized int reservePortion(EndpointId endpoint) {
    Tray tray = tray(endpoint);
    int share = share((free() + 1) / 2);
    boolean failing = tray.pulse.isFailing();
    boolean probed = tray.held() > 0 || !lanes.isTime(tray);
    boolean tooFull = tray.held() * 2 > share || share == 0;
    if (!tray.isOpen() || tooFull || (failing && probed)) {
      return 0;
    }
    int room = Math.min(share - tray.held(), settings.claiming().portion());
    int portion = failing ? 1 : room;
    expect(tray, portion);
    return portion;
  }

  private int free() {
    return stopped ? 0 : settings.memory().deliveries() - held;
  }

  /// An endpoint may hold an eighth of what is free, and no more than its own bound. So each
  /// endpoint that fills its share leaves seven eighths to those after it, however many hang.
  private int share(int free) {
    int eighth = Math.min(free, Math.max(1, free / 8));
    return Math.min(eighth, settings.memory().perEndpoint());
  }

  private void expect(Tray tray, int count) {
    tray.expected += count;
    held += count;
  }

  /// Gives slots back for which nothing came.
  synchronized void release(EndpointId endpoint, int count) {
    tray(endpoint).expected -= count;
    held -= count;
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
        refused.add(work);
        continue;
      }
      tray.waiting.add(bounded(work));
      lanes.offer(tray);
    }
    return refused;
  }

  /// What was reserved or claimed before an endpoint fell is not kept for it afterwards.
  private boolean isMoreThanItsProbe(Tray tray) {
    boolean idle = tray.waiting.isEmpty() && tray.inFlight == 0;
    return tray.pulse.isFailing() && !(idle && lanes.isTime(tray));
  }

  private Work bounded(Work work) {
    boolean fits = bodyBytes + work.bodyBytes() <= settings.memory().bodyBytes();
    Work kept = fits ? work : work.withoutPayload();
    bodyBytes += kept.bodyBytes();
    return kept;
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
    tray.inFlight--;
    lanes.end(started);
    bodyBytes -= started.work().bodyBytes();
    EndpointHealth before = tray.health();
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

  private void feel(Tray tray, Ending ending) {
    if (ending.millis() >= 0) {
      tray.lastSampleMillis = ending.millis();
    }
    tray.pulse =
        switch (ending.result()) {
          case SUCCESS -> tray.pulse.afterSuccess();
          case FAILURE -> tray.pulse.afterFailure(false, settings.health());
          case EXHAUSTED -> tray.pulse.afterFailure(true, settings.health());
          case NEITHER -> tray.pulse;
        };
    if (tray.pulse.isFailing() && ending.result() != Result.NEITHER) {
      tray.pauseUntil(nanos.getAsLong() + settings.health().probePause().toNanos());
      lanes.offerLater(tray);
    }
  }

  private List<Work> evict(Tray tray) {
    List<Work> evicted = tray.evict();
    evicted.forEach(work -> bodyBytes -= work.bodyBytes());
    return evicted;
  }

  /// Frees the memory of deliveries whose outcome is written.
  synchronized void settled(int count) {
    held -= count;
  }

  /// Takes over what operators set since.
  ///
  /// @return what waits for endpoints that are paused or disabled now
  synchronized List<Work> follow() {
    trays.values().removeIf(tray -> tray.held() == 0 && endpoints.apply(tray.endpoint) == null);
    List<Work> evicted = new ArrayList<>();
    for (Tray tray : trays.values()) {
      tray.follow(endpoints.apply(tray.endpoint));
      if (!tray.isOpen()) {
        evicted.addAll(evict(tray));
      }
      lanes.offer(tray);
    }
    return evicted;
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
    return new Dispatcher.Load(held, waiting, lanes.inFlight(), bodyBytes);
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
    NEITHER
  }

  /// How an attempt ended.
  ///
  /// @param millis how long it took, -1 if nothing was sent
  record Ending(Result result, long millis) {}

  /// What an attempt's end changed.
  record Ended(EndpointHealth before, EndpointHealth after, List<Work> evicted) {}
}
