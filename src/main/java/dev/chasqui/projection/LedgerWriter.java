package dev.chasqui.projection;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.List;

/// The loop that applies what is projected to dedup keys, ledger and contacts. It follows with a
/// cursor of its own, in runs that are sorted for each table and written in slices, because these
/// tables are looked up by wamid and contact: written one event at a time they would dirty a page
/// for each.
final class LedgerWriter implements SupervisedLoop.Body {

  private static final System.Logger LOG = System.getLogger(LedgerWriter.class.getName());

  /// After so long without anything to apply, the cursor alone is moved.
  private static final Duration IDLE = Duration.ofMinutes(1);

  /// The least time between two writes of what sends wait to see, however much of it comes.
  private static final Duration EXPEDITED_PAUSE = Duration.ofMillis(50);

  private final LedgerStore ledger;
  private final LedgerBacklog backlog;
  private final LearnNumbers learnNumbers;
  private final StopSign stop;
  private final ProjectionSettings.Ledger settings;
  private final int partition;

  /// Set by the loop when it begins.
  private LoopReport report = LoopReport.NONE;

  private long movedTo;
  private boolean hasExpedited;
  private long expeditedAt;

  LedgerWriter(
      LedgerStore ledger,
      LedgerBacklog backlog,
      LearnNumbers learnNumbers,
      StopSign stop,
      ProjectionSettings settings) {
    this.ledger = ledger;
    this.backlog = backlog;
    this.learnNumbers = learnNumbers;
    this.stop = stop;
    this.settings = settings.ledger();
    this.partition = settings.partition();
  }

  @Override
  public void run(LoopReport toReport) throws InterruptedException {
    report = toReport;
    while (!stop.isRaised()) {
      if (backlog.awaitAny(IDLE)) {
        awaitRun();
      }
      applyWhole(backlog.take());
    }
  }

  /// Waits until it is time for a run. What sends wait to see is not put off until then.
  private void awaitRun() throws InterruptedException {
    long end = System.nanoTime() + settings.maxDelay().toNanos();
    boolean isDue = false;
    while (!isDue && !stop.isRaised() && end - System.nanoTime() > 0) {
      backlog.awaitExpedited(Duration.ofNanos(end - System.nanoTime()));
      applyExpedited();
      isDue = backlog.awaitDue(shorter(EXPEDITED_PAUSE, end - System.nanoTime()));
    }
  }

  private static Duration shorter(Duration pause, long leftNanos) {
    return Duration.ofNanos(Math.clamp(leftNanos, 0, pause.toNanos()));
  }

  /// Applies what sends wait to see to the contacts, and leaves it among what waits: it is applied
  /// once more with its run, which changes nothing. It costs a small transaction and leaves
  /// everything else to large ones.
  private void applyExpedited() throws InterruptedException {
    long now = System.nanoTime();
    boolean isTooSoon = hasExpedited && now - expeditedAt < EXPEDITED_PAUSE.toNanos();
    List<LedgerStore.LedgerItem> expedited = isTooSoon ? List.of() : backlog.takeExpedited();
    if (expedited.isEmpty()) {
      return;
    }
    hasExpedited = true;
    expeditedAt = now;
    LedgerStore.Part part = LedgerStore.Part.CONTACTS;
    var _ = applySlices(part, LedgerOrder.of(part, expedited), () -> {});
  }

  /// Applies a run until it is done, whatever comes in between, unless it is stopped: then it is
  /// found again at the next start.
  private void applyWhole(LedgerBacklog.Run run) throws InterruptedException {
    LoopBackoff backoff = new LoopBackoff();
    boolean isDone = false;
    do {
      try {
        isDone = apply(run);
        report.goesOn();
      } catch (RuntimeException e) {
        report.waits(Reasons.of(e));
        LOG.log(
            System.Logger.Level.ERROR,
            "the ledger could not be written and is tried again: {0}",
            Reasons.of(e));
        stop.pause(backoff.next());
      }
    } while (!isDone && !stop.isRaised());
  }

  private boolean apply(LedgerBacklog.Run run) throws InterruptedException {
    if (run.items().isEmpty() && run.upTo() == movedTo) {
      return true;
    }
    Duration pause = pause(run);
    for (LedgerStore.Part part : LedgerStore.Part.values()) {
      if (!applyPart(part, LedgerOrder.of(part, run.items()), pause)) {
        return false;
      }
    }
    if (!persist(() -> ledger.moveLedgerCursor(partition, run.upTo()))) {
      return false;
    }
    movedTo = run.upTo();
    learnNumbers.flush();
    backlog.done(run);
    return true;
  }

  /// A run is spread over half of the time until the next one: written at once, its pages would
  /// fall upon the disk together, and webhooks that are being acknowledged wait for the same disk.
  private Duration pause(LedgerBacklog.Run run) {
    int slices = Math.ceilDiv(run.items().size(), settings.slice());
    int most = Math.max(1, slices * LedgerStore.Part.values().length);
    return shorter(EXPEDITED_PAUSE, settings.maxDelay().dividedBy(2L * most).toNanos());
  }

  private boolean applyPart(
      LedgerStore.Part part, List<LedgerStore.LedgerItem> sorted, Duration pause)
      throws InterruptedException {
    return applySlices(
        part,
        sorted,
        () -> {
          backlog.awaitExpedited(pause);
          applyExpedited();
        });
  }

  private boolean applySlices(
      LedgerStore.Part part, List<LedgerStore.LedgerItem> sorted, Between between)
      throws InterruptedException {
    for (int from = 0; from < sorted.size(); from += settings.slice()) {
      between.run();
      int to = Math.min(sorted.size(), from + settings.slice());
      if (!applySlice(part, List.copyOf(sorted.subList(from, to)))) {
        return false;
      }
    }
    return true;
  }

  /// Work to do between two slices of a long run.
  @FunctionalInterface
  private interface Between {
    void run() throws InterruptedException;
  }

  private boolean applySlice(LedgerStore.Part part, List<LedgerStore.LedgerItem> slice)
      throws InterruptedException {
    try {
      return persist(() -> ledger.apply(part, slice));
    } catch (RuntimeException e) {
      if (slice.size() == 1) {
        giveUp(slice.getFirst(), e);
        return true;
      }
    }
    for (LedgerStore.LedgerItem item : slice) {
      if (!applySlice(part, List.of(item))) {
        return false;
      }
    }
    return true;
  }

  /// The event, its deliveries and its raw bytes are safe; only the ledger's row is missing.
  private static void giveUp(LedgerStore.LedgerItem item, RuntimeException fault) {
    LOG.log(
        System.Logger.Level.ERROR,
        "item {0} of event {1} is left out of the ledger: {2}",
        item.notification().path(),
        item.event(),
        Reasons.of(fault));
  }

  /// Tries until it goes through.
  ///
  /// @return false if it was stopped before
  private boolean persist(Runnable write) throws InterruptedException {
    LoopBackoff backoff = new LoopBackoff();
    do {
      try {
        write.run();
        return true;
      } catch (StoreException e) {
        if (!e.isTemporary()) {
          throw e;
        }
        Duration wait = backoff.next();
        report.waits(Reasons.of(e));
        LOG.log(
            System.Logger.Level.WARNING,
            "cannot update the message ledger: {0}; retry in {1}",
            Reasons.of(e),
            wait);
        stop.pause(wait);
      }
    } while (!stop.isRaised());
    return false;
  }
}
