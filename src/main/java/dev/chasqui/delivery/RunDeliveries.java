package dev.chasqui.delivery;

import dev.chasqui.delivery.Work.Started;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;

/// Starts what may start, each delivery on a virtual thread. A thread that ends one delivery goes
/// on with the next that may start, of whatever endpoint has its turn, so that under load threads
/// are not made but kept.
final class RunDeliveries {

  private static final Logger LOG = System.getLogger(RunDeliveries.class.getName());

  private final Environment environment;
  private final DispatchState state;
  private final MakeAttempt makeAttempt;
  private final SettleOutcomes settleOutcomes;
  private final GoneEndpoints gone;
  private final Consumer<EndpointId> failingOrNot;

  /// Held for reading from where the dispatch state knows of an end to where its outcome waits to
  /// be written.
  private final StampedLock endings = new StampedLock();

  private final Thread.Builder threads = Thread.ofVirtual().name("delivery");

  RunDeliveries(
      Environment environment,
      DispatchState state,
      MakeAttempt makeAttempt,
      SettleOutcomes settleOutcomes,
      Told told) {
    this.environment = environment;
    this.state = state;
    this.makeAttempt = makeAttempt;
    this.settleOutcomes = settleOutcomes;
    this.gone = told.gone();
    this.failingOrNot = told.failingOrNot();
  }

  /// The listeners that are told of endpoints.
  ///
  /// @param gone of those whose receiver said so
  /// @param failingOrNot of those that began to fail or answer again
  record Told(GoneEndpoints gone, Consumer<EndpointId> failingOrNot) {}

  /// Takes work in and starts what may start.
  void add(Collection<Work> arrived) {
    giveBack(state.add(arrived));
    startAll();
  }

  /// Starts deliveries until [DispatchState#take] has none that may start.
  void startAll() {
    for (Started next = state.take(); next != null; next = state.take()) {
      Started started = next;
      threads.unstarted(() -> runFrom(started)).start();
    }
  }

  private void runFrom(Started first) {
    Started next = first;
    while (next != null) {
      run(next);
      next = state.take();
      if (next != null) {
        startAll();
      }
    }
  }

  private void run(Started started) {
    Attempted attempted = tried(started.work());
    DispatchState.Ended ended = end(started, attempted);
    if (attempted.gone() != null) {
      gone.disable(attempted.endpoint(), attempted.gone());
    }
    tell(started.work(), attempted, ended);
  }

  private DispatchState.Ended end(Started started, Attempted attempted) {
    long stamp = endings.readLock();
    try {
      DispatchState.Ended ended = state.finish(started, attempted.ending());
      settle(started.work(), attempted);
      giveBack(ended.evicted());
      if (ended.isChangeOfFailing()) {
        failingOrNot.accept(attempted.endpoint());
      }
      return ended;
    } finally {
      endings.unlockRead(stamp);
    }
  }

  /// Waits until the outcomes of all that is not under way any more are on their way to the store.
  void awaitEndings(Duration limit) throws InterruptedException {
    long stamp = endings.tryWriteLock(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (stamp != 0) {
      endings.unlockWrite(stamp);
    }
  }

  private Attempted tried(Work work) {
    try {
      return makeAttempt.of(work);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "delivery " + work.id() + " could not be tried; it goes back", e);
      return makeAttempt.rest(work);
    }
  }

  /// Puts work back into the store, due now.
  void giveBack(Collection<Work> works) {
    if (works.isEmpty()) {
      return;
    }
    Instant now = environment.now();
    for (Work work : works) {
      Settlement returned = new Settlement.Returned(work.id(), work.lease(), now);
      settle(work, Attempted.untried(work, returned, Outcome.CLOSED));
    }
  }

  private void settle(Work work, Attempted attempted) {
    EarlyBatch earlyBatch = work.earlyBatch();
    if (earlyBatch == null || !earlyBatch.keep(attempted)) {
      settleOutcomes.add(attempted);
    }
  }

  private void tell(Work work, Attempted attempted, DispatchState.Ended ended) {
    try {
      if (attempted.wasSent()) {
        Duration took = Duration.ofMillis(attempted.ending().millis());
        environment.ports().events().attempted(work.endpoint(), attempted.outcome(), took);
      }
      if (ended.before().state() != ended.after().state()) {
        LOG.log(levelOf(ended.after()), () -> line(ended));
        environment.ports().events().healthChanged(ended.before(), ended.after());
      }
      if (ended.before().lane() != ended.after().lane()) {
        environment.ports().events().laneChanged(ended.before(), ended.after());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a listener failed on delivery " + work.id() + "; going on", e);
    }
  }

  private static Level levelOf(EndpointHealth health) {
    return health.state() == EndpointHealth.State.FAILING ? Level.WARNING : Level.INFO;
  }

  private static String line(DispatchState.Ended ended) {
    return "endpoint %s was %s and is %s after %d failed attempts in a row"
        .formatted(
            ended.after().endpoint(),
            ended.before().state().wire(),
            ended.after().state().wire(),
            Math.max(ended.before().consecutiveFailures(), ended.after().consecutiveFailures()));
  }
}
