package dev.chasqui.projection;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.List;

/// The loop that folds what is projected into dedup keys, ledger and contacts. It follows with a
/// cursor of its own, in runs that are sorted for each table and written in slices, because these
/// tables are looked up by wamid and contact: written one event at a time they would dirty a page
/// for each.
final class FoldLedger implements SupervisedLoop.Body {

  private static final System.Logger LOG = System.getLogger(FoldLedger.class.getName());

  /// After so long without anything to fold, the cursor alone is moved.
  private static final Duration IDLE = Duration.ofMinutes(1);

  /// The least time between two folds of what sends wait to see, however much of it comes.
  private static final Duration PRESSING_PAUSE = Duration.ofMillis(50);

  private final LedgerStore ledger;
  private final FoldBacklog backlog;
  private final LearnNumbers learnNumbers;
  private final StopSign stop;
  private final ProjectionSettings.Folding settings;
  private final int partition;

  /// Set by the loop when it begins.
  private LoopReport report = LoopReport.NONE;

  private long movedTo;
  private boolean hasPressed;
  private long pressedAt;

  FoldLedger(
      LedgerStore ledger,
      FoldBacklog backlog,
      LearnNumbers learnNumbers,
      StopSign stop,
      ProjectionSettings settings) {
    this.ledger = ledger;
    this.backlog = backlog;
    this.learnNumbers = learnNumbers;
    this.stop = stop;
    this.settings = settings.folding();
    this.partition = settings.partition();
  }

  @Override
  public void run(LoopReport toReport) throws InterruptedException {
    report = toReport;
    while (!stop.isRaised()) {
      if (backlog.awaitAny(IDLE)) {
        awaitRun();
      }
      foldWhole(backlog.take());
    }
  }

  /// Waits until it is time for a run. What sends wait to see is not put off until then.
  private void awaitRun() throws InterruptedException {
    long end = System.nanoTime() + settings.every().toNanos();
    boolean isUrgent = false;
    while (!isUrgent && !stop.isRaised() && end - System.nanoTime() > 0) {
      backlog.awaitPressing(Duration.ofNanos(end - System.nanoTime()));
      foldPressing();
      isUrgent = backlog.awaitUrgent(shorter(PRESSING_PAUSE, end - System.nanoTime()));
    }
  }

  private static Duration shorter(Duration pause, long leftNanos) {
    return Duration.ofNanos(Math.clamp(leftNanos, 0, pause.toNanos()));
  }

  /// Folds what presses into the contacts, and leaves it among what waits: it is folded once more
  /// with its run, which changes nothing. It costs a small transaction and leaves everything else
  /// to large ones.
  private void foldPressing() throws InterruptedException {
    long now = System.nanoTime();
    boolean isTooSoon = hasPressed && now - pressedAt < PRESSING_PAUSE.toNanos();
    List<LedgerStore.Folded> pressing = isTooSoon ? List.of() : backlog.takePressing();
    if (pressing.isEmpty()) {
      return;
    }
    hasPressed = true;
    pressedAt = now;
    LedgerStore.Part part = LedgerStore.Part.CONTACTS;
    var _ = foldSlices(part, FoldOrder.of(part, pressing), () -> {});
  }

  /// Folds a run until it is done, whatever comes in between, unless it is stopped: then it is
  /// found again at the next start.
  private void foldWhole(FoldBacklog.Run run) throws InterruptedException {
    Backoff backoff = new Backoff();
    boolean isDone = false;
    do {
      try {
        isDone = fold(run);
        report.goesOn();
      } catch (RuntimeException e) {
        report.waits(Reasons.of(e));
        LOG.log(System.Logger.Level.ERROR, "the fold failed and is repeated: {0}", Reasons.of(e));
        stop.pause(backoff.next());
      }
    } while (!isDone && !stop.isRaised());
  }

  private boolean fold(FoldBacklog.Run run) throws InterruptedException {
    if (run.items().isEmpty() && run.upTo() == movedTo) {
      return true;
    }
    Duration pause = pause(run);
    for (LedgerStore.Part part : LedgerStore.Part.values()) {
      if (!foldPart(part, FoldOrder.of(part, run.items()), pause)) {
        return false;
      }
    }
    if (!persist(() -> ledger.moveFoldCursor(partition, run.upTo()))) {
      return false;
    }
    movedTo = run.upTo();
    learnNumbers.flush();
    backlog.done(run);
    return true;
  }

  /// A run is spread over half of the time until the next one: written at once, its pages would
  /// fall upon the disk together, and webhooks that are being acknowledged wait for the same disk.
  private Duration pause(FoldBacklog.Run run) {
    int slices = Math.ceilDiv(run.items().size(), settings.slice());
    int most = Math.max(1, slices * LedgerStore.Part.values().length);
    return shorter(PRESSING_PAUSE, settings.every().dividedBy(2L * most).toNanos());
  }

  private boolean foldPart(LedgerStore.Part part, List<LedgerStore.Folded> sorted, Duration pause)
      throws InterruptedException {
    return foldSlices(
        part,
        sorted,
        () -> {
          backlog.awaitPressing(pause);
          foldPressing();
        });
  }

  private boolean foldSlices(
      LedgerStore.Part part, List<LedgerStore.Folded> sorted, Between between)
      throws InterruptedException {
    for (int from = 0; from < sorted.size(); from += settings.slice()) {
      between.run();
      int to = Math.min(sorted.size(), from + settings.slice());
      if (!foldSlice(part, List.copyOf(sorted.subList(from, to)))) {
        return false;
      }
    }
    return true;
  }

  /// What is done between two slices of a long run.
  @FunctionalInterface
  private interface Between {
    void run() throws InterruptedException;
  }

  private boolean foldSlice(LedgerStore.Part part, List<LedgerStore.Folded> slice)
      throws InterruptedException {
    try {
      return persist(() -> ledger.fold(part, slice));
    } catch (RuntimeException e) {
      if (slice.size() == 1) {
        giveUp(slice.getFirst(), e);
        return true;
      }
    }
    for (LedgerStore.Folded item : slice) {
      if (!foldSlice(part, List.of(item))) {
        return false;
      }
    }
    return true;
  }

  /// Its event, its deliveries and its raw bytes are safe; only the ledger's row is missing.
  private static void giveUp(LedgerStore.Folded item, RuntimeException fault) {
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
    Backoff backoff = new Backoff();
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
