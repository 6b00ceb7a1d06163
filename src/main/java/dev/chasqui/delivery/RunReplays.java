package dev.chasqui.delivery;

import dev.chasqui.model.ReplayId;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.JobStore.Progress;
import dev.chasqui.store.JobStore.Replay;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.StoreException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The loop that executes replays, a step of each in turn. The store's row says whether a replay is
/// still to run, so that a cancellation holds on whatever node it came in. Rows are written under
/// this object's lock.
final class RunReplays implements SupervisedLoop.Body {

  private static final Logger LOG = System.getLogger(RunReplays.class.getName());
  private static final Duration IDLE = Duration.ofHours(1);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  private final Map<ReplayId, Running> running = new ConcurrentHashMap<>();
  private final Wakeup wakeup = new Wakeup();
  private final Replays.Ports ports;
  private final Timing timing;
  private final ReplayStep step;
  private volatile boolean stopping;

  /// Set by the loop when it begins.
  private LoopReport report = LoopReport.NONE;

  RunReplays(Replays.Ports ports, Timing timing) {
    this.ports = ports;
    this.timing = timing;
    this.step = new ReplayStep(ports, timing);
  }

  /// A replay that this node executes.
  ///
  /// @param notBefore the steady time of its next step
  private record Running(ReplayId id, long notBefore) {}

  void add(Replay replay) {
    running.put(replay.id(), new Running(replay.id(), timing.nanos().getAsLong()));
    wakeup.wake();
  }

  void stop() {
    stopping = true;
    wakeup.wake();
  }

  /// Looks at the clock again.
  void wake() {
    wakeup.wake();
  }

  /// @return false if it was not running any more
  synchronized boolean cancel(ReplayId id) {
    Optional<Replay> current = current(id);
    current.ifPresent(replay -> write(replay, Replays.CANCELLED, replay.progress()));
    running.remove(id);
    return current.isPresent();
  }

  @Override
  public void run(LoopReport toReport) throws InterruptedException {
    report = toReport;
    while (!stopping) {
      running.values().forEach(this::advance);
      wakeup.await(untilNext());
    }
  }

  private Duration untilNext() {
    long now = timing.nanos().getAsLong();
    return running.values().stream()
        .map(it -> Duration.ofNanos(Math.max(0, it.notBefore() - now)))
        .min(Duration::compareTo)
        .orElse(IDLE);
  }

  private void advance(Running one) {
    if (stopping || timing.nanos().getAsLong() - one.notBefore() < 0) {
      return;
    }
    try {
      Duration pause = advance(one.id());
      report.goesOn();
      running.computeIfPresent(one.id(), (id, _) -> new Running(id, after(pause)));
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "replay " + one.id() + " waits for the store", e);
      report.waits("a replay waits: " + Reasons.of(e));
      running.computeIfPresent(one.id(), (id, _) -> new Running(id, after(AFTER_FAULT)));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "replay " + one.id() + " failed and ends", e);
      fail(one.id());
    }
  }

  private long after(Duration pause) {
    return timing.nanos().getAsLong() + pause.toNanos();
  }

  /// @return how long its next step waits
  private synchronized Duration advance(ReplayId id) {
    Optional<Replay> current = current(id);
    if (current.isEmpty()) {
      running.remove(id);
      return Duration.ZERO;
    }
    Replay replay = current.get();
    ReplayStep.Done done = make(replay);
    write(replay, done.isLast() ? Replays.DONE : Replays.RUNNING, done.progress());
    if (done.isLast()) {
      running.remove(id);
    }
    return done.pause();
  }

  private ReplayStep.Done make(Replay replay) {
    ports.noRetention().lock();
    try {
      return step.make(replay);
    } finally {
      ports.noRetention().unlock();
    }
  }

  private synchronized void fail(ReplayId id) {
    running.remove(id);
    try {
      current(id).ifPresent(replay -> write(replay, Replays.FAILED, replay.progress()));
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "the end of replay " + id + " could not be written", e);
    }
  }

  private Optional<Replay> current(ReplayId id) {
    return ports.jobs().findReplay(id).filter(it -> it.state().equals(Replays.RUNNING));
  }

  private void write(Replay replay, String state, Progress progress) {
    ports
        .jobs()
        .updateReplay(
            new Replay(replay.id(), replay.workspace(), replay.request(), state, progress));
  }
}
