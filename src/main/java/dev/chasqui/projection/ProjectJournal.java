package dev.chasqui.projection;

import dev.chasqui.journal.Journal;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.Reasons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/// The loop that follows the journal: read a run of facts, project it, begin its deliveries, leave
/// it to be written. A fault of the journal or the store stops it where it is; the same run is read
/// again, at growing intervals, while webhooks go on being acknowledged.
final class ProjectJournal implements SupervisedLoop.Body {

  private static final System.Logger LOG = System.getLogger(ProjectJournal.class.getName());

  /// How long it sleeps when there is nothing to do, unless the journal wakes it.
  private static final Duration IDLE = Duration.ofSeconds(1);

  /// What follows an event that has taken all the room is read in portions of this part.
  private static final int SMALL_PART = 16;

  private final Journal journal;
  private final Steps steps;
  private final Shared shared;
  private final ProjectionSettings.Reading settings;
  private final int partition;
  private final Courtesy courtesy;

  private boolean isRecovered;

  /// Everything before it is projected, if not yet written.
  private long position;

  /// What the loop shares with others.
  record Shared(
      LedgerBacklog backlog,
      UncommittedBatches uncommittedBatches,
      Progress progress,
      StopSign stop,
      Clock clock) {}

  /// What the loop does to each run of facts, and what it does first.
  record Steps(Recover recover, ProjectBatch projectBatch, DeliverEarly beginDraft) {}

  ProjectJournal(Journal journal, Steps steps, Shared shared, ProjectionSettings settings) {
    this.journal = journal;
    this.steps = steps;
    this.shared = shared;
    this.settings = settings.reading();
    this.courtesy = new Courtesy(settings.reading().yieldAbove());
    this.partition = settings.partition();
  }

  @Override
  public void run(LoopReport report) throws InterruptedException {
    LoopBackoff backoff = new LoopBackoff();
    while (!shared.stop().isRaised()) {
      try {
        step();
        backoff.reset();
        report.goesOn();
      } catch (RuntimeException e) {
        report.waits(Reasons.of(e));
        pauseAfter(e, backoff.next());
      }
    }
  }

  private void pauseAfter(RuntimeException fault, Duration wait) throws InterruptedException {
    String reason = Reasons.of(fault);
    shared.progress().trouble(Progress.Loop.PROJECTING, reason, shared.clock().instant());
    LOG.log(
        System.Logger.Level.WARNING,
        "cannot process webhooks from position {0} on: {1}; retry in {2}",
        Long.toString(position),
        reason,
        wait);
    shared.stop().pause(wait);
  }

  private void step() throws InterruptedException {
    if (!isRecovered) {
      position = steps.recover().run(partition);
      shared.progress().startAt(position);
      isRecovered = true;
    }
    if (!shared.backlog().awaitRoom(IDLE) || !shared.uncommittedBatches().awaitRoom(IDLE)) {
      return;
    }
    long tail = journal.tail();
    long began = System.nanoTime();
    Journal.Batch batch = read();
    if (batch.next() <= position) {
      shared.progress().well();
      var _ = journal.awaitBeyond(Math.max(position, tail), IDLE);
      return;
    }
    project(batch);
    int facts = batch.entries().size();
    boolean hasCaughtUp = facts > 0 && facts < settings.maxFacts();
    if (courtesy.isBurst(journal.tail(), System.nanoTime())) {
      var _ = shared.uncommittedBatches().awaitNone(IDLE);
      shared.stop().pause(Courtesy.rest(Duration.ofNanos(System.nanoTime() - began)));
    } else if (hasCaughtUp) {
      pauseBetweenReads(batch);
    }
  }

  /// Somebody's message cuts the pause short, but not if the read before had one too: a stream of
  /// messages is projected in steps, like one of statuses.
  private void pauseBetweenReads(Journal.Batch batch) throws InterruptedException {
    if (!batch.entries().stream().allMatch(entry -> entry.fact().isBulk())) {
      shared.stop().pause(settings.readInterval());
      return;
    }
    long end = System.nanoTime() + settings.readInterval().toNanos();
    Duration left = settings.readInterval();
    while (left.isPositive() && !shared.stop().isRaised()) {
      boolean isCutShort =
          journal.awaitInteractive(position, left.compareTo(IDLE) < 0 ? left : IDLE);
      left = isCutShort ? Duration.ZERO : Duration.ofNanos(end - System.nanoTime());
    }
  }

  private Journal.Batch read() {
    int maxBytes =
        shared.backlog().isOverfull()
            ? Math.max(1, settings.maxBytes() / SMALL_PART)
            : settings.maxBytes();
    Journal.Batch batch = journal.read(position, settings.maxFacts(), maxBytes);
    for (Journal.Damage damage : batch.damages()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal is damaged from {0} to {1} ({2}); the facts there are not projected",
          Long.toString(damage.from()),
          Long.toString(damage.to()),
          damage.what());
    }
    return batch;
  }

  private void project(Journal.Batch batch) {
    Instant oldest =
        batch.entries().isEmpty()
            ? shared.clock().instant()
            : batch.entries().getFirst().fact().at();
    shared.progress().begin(oldest);
    Draft draft = steps.projectBatch().project(batch.entries());
    UncommittedBatch.Run run =
        new UncommittedBatch.Run(batch.next(), batch.entries().size(), oldest);
    shared.uncommittedBatches().expect(run.next());
    shared.uncommittedBatches().add(steps.beginDraft().begin(draft, run));
    position = batch.next();
    shared.progress().well();
  }
}
