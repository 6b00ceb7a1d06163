package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Priority;
import dev.chasqui.observe.SupervisedTasks;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.Lease;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Brings what is owed to those it is owed to.
///
/// A delivery comes in by one of two ways: fresh ones are reserved and handed over by the
/// projection with their payload in memory, while their rows are being written; all others
/// (retries, replays, what found no room, what an earlier life left) are claimed from the store.
/// From there on there is one way: it waits on the [DispatchState] until its lane and its endpoint
/// have room, a virtual thread makes the attempt, and the outcome is written: with the row itself
/// if it is known by then ([EarlyBatch]), else in a batch with others. Until that is written, the
/// delivery takes a slot.
///
/// Safe for use by many threads.
public final class Dispatcher implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Dispatcher.class.getName());

  /// How long closing waits for the last outcomes to be written.
  private static final Duration LAST_WRITES = Duration.ofSeconds(10);

  private final String node;
  private final Environment environment;
  private final DispatchState state;
  private final Leases leases;
  private final SettleOutcomes settleOutcomes;
  private final RunDeliveries runDeliveries;
  private final ClaimDue claimDue;
  private final Outages outages;
  private final ScheduledThreadPoolExecutor timer;
  private volatile @Nullable SupervisedTasks pacing;
  private final Loop settling;
  private final Loop claiming;

  /// Starts nothing yet.
  ///
  /// @param node this process's name among those that share the store
  public Dispatcher(String node, Ports ports, Timing timing, DeliverySettings settings) {
    this.node = node;
    this.environment = new Environment(ports, timing, settings);
    this.timer = newTimer();
    long firstFence = timing.random().nextLong() >>> 2;
    this.leases = new Leases(node, timing.clock(), settings.claiming().lease(), firstFence);
    this.state =
        new DispatchState(settings, ports.resources().endpoint(), timing.nanos(), this::wakeLater);
    this.settleOutcomes =
        new SettleOutcomes(ports.store(), settings.settling(), timing, this::written);
    this.outages = new Outages(environment, state);
    GoneEndpoints gone = new GoneEndpoints(ports.endpointSwitch());
    this.runDeliveries =
        new RunDeliveries(
            environment,
            state,
            new MakeAttempt(environment, state::isFailing),
            settleOutcomes,
            new RunDeliveries.Told(gone, this::failingOrNot));
    this.claimDue =
        new ClaimDue(environment, state, runDeliveries, leases, new ClaimDue.Care(outages, gone));
    this.settling = new Loop("delivery-settle", settleOutcomes);
    this.claiming = new Loop("delivery-claim", claimDue);
  }

  private static ScheduledThreadPoolExecutor newTimer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("delivery-timer").factory());
    timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return timer;
  }

  /// The deliveries in memory, counted by their state.
  ///
  /// @param inMemory deliveries in memory: reserved, waiting, under way, and not yet written
  /// @param waiting of these, those that wait for their lane or endpoint
  /// @param inFlight of these, those under way
  /// @param bodyBytes bytes of their bodies
  public record Load(int inMemory, int waiting, int inFlight, long bodyBytes) {}

  /// The use of one lane.
  ///
  /// @param budget the most deliveries that may be under way in it
  /// @param inFlight deliveries under way in it
  /// @param waiting deliveries in memory that wait in it
  /// @param endpoints receivers in it, of those that got anything lately
  public record LaneLoad(int budget, int inFlight, int waiting, int endpoints) {}

  /// Releases what an earlier life of this node left, and begins to take work from the store.
  ///
  /// @throws dev.chasqui.store.StoreException if the store cannot be reached
  public void start(Supervisor supervisor) {
    environment.ports().store().releaseNode(node, environment.now());
    outages.begin();
    pacing = supervisor.tasks("delivery-timer");
    settling.start(supervisor);
    claiming.start(supervisor);
  }

  /// The same in a process of its own.
  public void start() {
    start(Supervisor.ofProcess());
  }

  /// A lease for a delivery that the projection is about to commit, and a slot for it; null if it
  /// is to be committed unleased and told by [#waiting]. Each lease goes to [#handOver] or
  /// [#abandon].
  public @Nullable Lease reserve(EndpointId endpoint, Priority priority) {
    return state.reserve(endpoint, priority) ? leases.live() : null;
  }

  /// Takes over what was reserved and begins at once, before the rows are committed.
  ///
  /// @return what the rows must say when they are written
  public EarlyBatch handOver(Collection<EarlyDelivery> batch) {
    EarlyBatch earlyBatch =
        new EarlyBatch(
            new EarlyBatch.Settle(early -> written(early, Set.of()), settleOutcomes::add));
    begin(batch, earlyBatch);
    return earlyBatch;
  }

  /// Begins what was reserved; its ends go to `earlyBatch`.
  void begin(Collection<EarlyDelivery> batch, EarlyBatch earlyBatch) {
    runDeliveries.add(batch.stream().map(it -> it.toWork(earlyBatch)).toList());
  }

  /// Gives back what was reserved and then not handed over, an endpoint for each lease.
  public void abandon(Collection<EndpointId> reserved) {
    reserved.forEach(endpoint -> state.release(endpoint, 1));
  }

  /// Says that something due was committed unleased for these endpoints.
  public void waiting(Set<EndpointId> endpoints) {
    if (endpoints.isEmpty()) {
      return;
    }
    endpoints.forEach(claimDue::noteNow);
    claimDue.wake();
  }

  /// Tells that another component made deliveries due in the store.
  public void dueInStore() {
    claimDue.askAgain();
  }

  /// Waits until what is known now of attempts is in the store. An attempt that began before its
  /// row counts once the row is there.
  ///
  /// @return false if the limit passed first
  public boolean awaitWritten(Duration limit) throws InterruptedException {
    return settleOutcomes.awaitWritten(limit);
  }

  /// Makes dead letters of all that waits for an endpoint that is being taken away. Takes a while
  /// if that is much.
  public void deadLetter(EndpointId endpoint) {
    DeadLetterOwed deadLetterOwed = new DeadLetterOwed(environment.ports());
    int step = environment.settings().claiming().portion();
    boolean more = true;
    while (more) {
      more = deadLetterOwed.step(endpoint, step) == step;
    }
  }

  /// Says that endpoints were added, changed or deleted: what is owed follows the new settings at
  /// once.
  public void endpointsChanged() {
    DispatchState.Followed followed = state.follow();
    runDeliveries.giveBack(followed.evicted());
    followed.released().forEach(outages::notice);
    runDeliveries.startAll();
    claimDue.askAgain();
  }

  /// Has all that waits for an endpoint tried as soon as its bounds allow, oldest first. A failing
  /// endpoint is probed at once, and the rest follows when it answers. What is asked for here
  /// outlives a restart.
  ///
  /// @throws dev.chasqui.store.StoreException if it cannot be written
  public void retryNow(EndpointId endpoint) {
    outages.catchUp(endpoint);
    state.probeNow(endpoint);
    claimDue.noteNow(endpoint);
    claimDue.wake();
  }

  /// Has deliveries that wait tried as soon as the bounds of their endpoints allow. What is under
  /// way, over, or waits behind another of its contact is left alone.
  ///
  /// @param endpoints whose deliveries they are
  /// @return those that are due now
  /// @throws dev.chasqui.store.StoreException if it cannot be written
  public List<DeliveryId> retryNow(Collection<DeliveryId> ids, Set<EndpointId> endpoints) {
    List<DeliveryId> due = environment.ports().store().retryNow(ids, environment.now());
    endpoints.forEach(state::probeNow);
    waiting(endpoints);
    return due;
  }

  public EndpointHealth health(EndpointId endpoint) {
    return state.health(endpoint);
  }

  public Load load() {
    return state.load();
  }

  public LaneLoad load(Lane lane) {
    return state.load(lane);
  }

  /// Stops taking work, gives back what has not begun, and lets what is under way end.
  ///
  /// @return whether all of it ended within the limit
  public boolean drain(Duration limit) throws InterruptedException {
    claiming.expectEnd();
    claimDue.stop();
    runDeliveries.giveBack(state.stop());
    return state.awaitQuiet(limit.toNanos());
  }

  /// Drains without waiting, writes the last outcomes, and ends the loops. What is still under way
  /// keeps its lease until the next start.
  @Override
  public void close() {
    timer.shutdownNow();
    try {
      drain(Duration.ZERO);
      runDeliveries.awaitEndings(LAST_WRITES);
      settling.expectEnd();
      settleOutcomes.stop();
      settling.awaitEnd(LAST_WRITES);
      settleOutcomes.giveUp();
      claiming.awaitEnd(LAST_WRITES);
    } catch (InterruptedException e) {
      settling.expectEnd();
      settleOutcomes.giveUp();
      Thread.currentThread().interrupt();
    }
  }

  private void failingOrNot(EndpointId endpoint) {
    outages.notice(endpoint);
    claimDue.noteNow(endpoint);
    claimDue.wake();
  }

  /// Does what the passing of time would do, where the clock is moved by hand.
  void timePassed() {
    state.whosePauseIsOver().forEach(this::woken);
    claimDue.timePassed();
  }

  private void wakeLater(long nanos, EndpointQueue queue) {
    var _ = timer.schedule(() -> wokenSafely(queue), nanos, TimeUnit.NANOSECONDS);
  }

  private void wokenSafely(EndpointQueue queue) {
    SupervisedTasks tasks = pacing;
    if (tasks == null) {
      woken(queue);
    } else {
      tasks.run(() -> woken(queue));
    }
  }

  private void woken(EndpointQueue queue) {
    state.wake(queue);
    runDeliveries.startAll();
    claimDue.memoryMayBeFree();
  }

  /// The slots are freed whatever fails before.
  private void written(List<Attempted> batch, Set<DeliveryId> lost) {
    boolean isNoted;
    try {
      isNoted = noteDue(batch);
    } finally {
      state.settled(batch.size());
    }
    if (isNoted) {
      claimDue.wake();
    }
    claimDue.memoryMayBeFree();
    tell(batch, lost);
  }

  /// @return whether anything is due after this
  private boolean noteDue(List<Attempted> batch) {
    boolean noted = false;
    for (Attempted attempted : batch) {
      var dueAgain = attempted.dueAgain();
      dueAgain.ifPresent(due -> claimDue.note(attempted.endpoint(), due));
      noted |= dueAgain.isPresent();
      if (attempted.settlement() instanceof Settlement.Moved moved) {
        claimDue.noteNow(moved.to());
        noted = true;
      }
      if (attempted.passesTurn()) {
        claimDue.noteNow(attempted.endpoint());
        noted = true;
      }
    }
    return noted;
  }

  private void tell(List<Attempted> batch, Set<DeliveryId> lost) {
    DeliveryEvents events = environment.ports().events();
    try {
      events.settled(batch.size(), lost.size());
      for (Attempted one : batch) {
        if (!lost.contains(one.settlement().id())) {
          events.written(one.event(), one.endpoint(), one.settlement());
        }
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener failed on " + batch.size() + " outcomes; going on", e);
    }
  }
}
