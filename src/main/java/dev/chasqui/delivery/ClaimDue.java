package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.Waiting;
import dev.chasqui.store.Reasons;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The loop that takes what is due from the store, in portions per endpoint. It sleeps until the
/// next time it knows of; what it does not know of (another node's retries, times it forgot) it
/// finds by asking the store now and then.
///
/// Waits are measured by a clock that never jumps, due times by the wall clock. When the wall clock
/// jumps, the store is asked again at once, and leases are not called expired until one lease's
/// length has really passed: those who hold them know nothing of the jump.
final class ClaimDue implements SupervisedLoop.Body {

  private static final Logger LOG = System.getLogger(ClaimDue.class.getName());
  private static final Duration JUMP = Duration.ofSeconds(10);

  /// From one round to the next at the least: many wake-ups come close together, and one round
  /// serves them all.
  private static final Duration MIN_INTERVAL = Duration.ofMillis(10);

  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  private final DueTimes dueTimes = new DueTimes();
  private final LoadPortion loadPortion;
  private final DeadLetterOwed deadLetter;
  private final KeepDead keepDead;
  private final ExpireOwed expire;
  private final Wakeup wakeup = new Wakeup();
  private final Environment environment;
  private final DispatchState state;
  private final RunDeliveries runDeliveries;
  private final Leases leases;
  private final Outages outages;
  private final GoneEndpoints gone;
  private final JumpWatch jumpWatch;
  private long nextPoll;

  /// Set by the loop when it begins.
  private LoopReport report = LoopReport.NONE;

  private volatile long sleepsUntil;
  private volatile boolean blocked;
  private volatile boolean pollNow;
  private volatile boolean stopping;

  ClaimDue(
      Environment environment,
      DispatchState state,
      RunDeliveries runDeliveries,
      Leases leases,
      Care care) {
    this.outages = care.outages();
    this.gone = care.gone();
    this.keepDead = new KeepDead(environment.ports());
    this.expire = new ExpireOwed(environment.ports(), environment.settings().health().backlogAge());
    this.environment = environment;
    this.state = state;
    this.runDeliveries = runDeliveries;
    this.leases = leases;
    this.loadPortion = new LoadPortion(environment.ports().facts());
    this.deadLetter = new DeadLetterOwed(environment.ports());
    Timing timing = environment.timing();
    this.jumpWatch = new JumpWatch(timing, JUMP, environment.settings().claiming().lease());
    this.nextPoll = timing.nanos().getAsLong();
  }

  /// What of endpoints that do not answer is taken care of between claims.
  record Care(Outages outages, GoneEndpoints gone) {}

  /// Notes that something of an endpoint is due in the store. A failing one is probed with it
  /// before.
  void note(EndpointId endpoint, Instant due) {
    if (state.isFailing(endpoint)) {
      noteNow(endpoint);
      return;
    }
    dueTimes.add(endpoint, due);
  }

  /// Notes that something of an endpoint is due in the store now.
  void noteNow(EndpointId endpoint) {
    dueTimes.addDue(endpoint, environment.now());
  }

  /// Has the loop look again.
  void wake() {
    wakeup.wake();
  }

  /// Has the loop look again if it found no room for what is due.
  void memoryMayBeFree() {
    if (blocked) {
      wakeup.wake();
    }
  }

  /// Has the loop look again if the time has come for which it sleeps; only where the clock is
  /// moved by hand.
  void timePassed() {
    if (environment.timing().nanos().getAsLong() - sleepsUntil >= 0) {
      wakeup.wake();
    }
  }

  /// Has the loop ask the store what waits there.
  void askAgain() {
    pollNow = true;
    wakeup.wake();
  }

  void stop() {
    stopping = true;
    wakeup.wake();
  }

  @Override
  public void run(LoopReport toReport) throws InterruptedException {
    report = toReport;
    while (!stopping) {
      Duration wait = round();
      sleepsUntil = environment.timing().nanos().getAsLong() + wait.toNanos();
      TimeUnit.NANOSECONDS.sleep(MIN_INTERVAL.toNanos());
      wakeup.await(wait.minus(MIN_INTERVAL));
    }
  }

  /// @return how long to wait
  private Duration round() {
    try {
      pollIfDue();
      Instant now = environment.now();
      blocked = false;
      boolean more = outages.step(this::noteNow);
      for (EndpointId endpoint : dueTimes.due(now)) {
        more |= claim(endpoint, now);
      }
      boolean isLeft = gone.tryAgain();
      report.goesOn();
      if (more || pollNow) {
        return MIN_INTERVAL;
      }
      return isLeft ? AFTER_FAULT : wait(now);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "due deliveries could not be taken from the store; trying again", e);
      report.waits("due deliveries cannot be taken: " + Reasons.of(e));
      return AFTER_FAULT;
    }
  }

  private Duration wait(Instant now) {
    Duration untilPoll = Duration.ofNanos(nextPoll - environment.timing().nanos().getAsLong());
    Duration untilDue = dueTimes.untilNext(now).orElse(untilPoll);
    return untilDue.compareTo(untilPoll) < 0 ? untilDue : untilPoll;
  }

  private void pollIfDue() {
    long steady = environment.timing().nanos().getAsLong();
    boolean asked = pollNow;
    if (!jumpWatch.jumped() && !asked && steady - nextPoll < 0) {
      return;
    }
    pollNow = false;
    if (jumpWatch.isTrusted()) {
      environment.ports().store().releaseExpired(environment.now());
    }
    for (Waiting waiting : environment.ports().store().waiting()) {
      state.know(waiting.endpoint());
      note(waiting.endpoint(), waiting.earliestDue());
      bringForward(waiting);
      expire(waiting.endpoint());
    }
    keepDead();
    nextPoll = steady + environment.settings().poll().toNanos();
  }

  private void keepDead() {
    try {
      askAgainIf(keepDead.step());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "events of dead letters cannot be kept yet; trying again", e);
    }
  }

  /// Others ask at the same time, and what they ask for must not be taken back.
  private void askAgainIf(boolean more) {
    if (more) {
      pollNow = true;
    }
  }

  /// Ends what waits for too long.
  private void expire(EndpointId id) {
    Endpoint endpoint = environment.ports().resources().endpoint().apply(id);
    if (endpoint == null) {
      return;
    }
    int portion = environment.settings().claiming().portion();
    try {
      ExpireOwed.Ended ended =
          expire.step(endpoint, state.isFailing(id), environment.now(), portion);
      askAgainIf(ended.count() == portion);
      if (ended.to() != null) {
        noteNow(ended.to().id());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "deliveries of " + id + " that are too old cannot be ended yet", e);
    }
  }

  /// No schedule waits longer than its longest step: what is due later was written while the clock
  /// was wrong.
  private void bringForward(Waiting waiting) {
    Endpoint endpoint = environment.ports().resources().endpoint().apply(waiting.endpoint());
    if (endpoint == null) {
      return;
    }
    Duration wish = environment.settings().answers().longestRetryAfter();
    Duration longest = RetryTimes.longest(endpoint.policy().retry(), wish).plus(MakeAttempt.REST);
    Instant latest = environment.now().plus(longest);
    if (waiting.latestDue().isAfter(latest)) {
      int portion = environment.settings().claiming().portion();
      int brought = environment.ports().store().bringForward(endpoint.id(), latest, portion);
      askAgainIf(brought == portion);
      note(endpoint.id(), latest);
    }
  }

  /// @return whether more of it may be due
  private boolean claim(EndpointId endpoint, Instant now) {
    Endpoint current = environment.ports().resources().endpoint().apply(endpoint);
    if (current == null) {
      return deadLetter(endpoint, now);
    }
    if (current.identity().switched() != Endpoint.Switch.ON) {
      // It waits in the store until it is switched on, which has the store asked again.
      dueTimes.clear(endpoint);
      return false;
    }
    int portion = reservePortion(endpoint);
    if (portion == 0) {
      return false;
    }
    dueTimes.clearDue(endpoint, now);
    int claimed = claim(endpoint, now, portion);
    boolean more = claimed == portion;
    if (more) {
      dueTimes.addDue(endpoint, now);
    }
    return more;
  }

  /// Makes dead letters of what a deleted endpoint is owed, a step at a time.
  ///
  /// @return whether more waits
  private boolean deadLetter(EndpointId endpoint, Instant now) {
    dueTimes.clear(endpoint);
    int step = environment.settings().claiming().portion();
    boolean more = deadLetter.step(endpoint, step) == step;
    if (more) {
      dueTimes.addDue(endpoint, now);
    }
    return more;
  }

  /// Asks twice if there is no room: what is freed after the second time wakes the loop.
  private int reservePortion(EndpointId endpoint) {
    int portion = state.reservePortion(endpoint);
    if (portion > 0) {
      return portion;
    }
    blocked = true;
    return state.reservePortion(endpoint);
  }

  private int claim(EndpointId endpoint, Instant now, int portion) {
    List<Claimed> rows = List.of();
    try {
      rows = take(endpoint, now, portion);
      runDeliveries.add(loadPortion.of(rows));
      return rows.size();
    } catch (RuntimeException e) {
      dueTimes.addDue(endpoint, now);
      throw e;
    } finally {
      state.release(endpoint, portion - rows.size());
    }
  }

  /// A failing endpoint is probed with what is due first, even before it is.
  private List<Claimed> take(EndpointId endpoint, Instant now, int portion) {
    DeliveryStore store = environment.ports().store();
    return state.isFailing(endpoint)
        ? store.probe(endpoint, leases.fresh(now), now)
        : store.claim(endpoint, leases.fresh(now), now, portion);
  }
}
