package dev.chasqui.projection;

import dev.chasqui.journal.Journal;
import dev.chasqui.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The loop that follows the journal: read a run of facts, project it, commit it with the cursor,
/// hand over, pause for the pace. A fault of the journal or the store stops the run where it is;
/// the same run is tried again, at growing intervals, while webhooks go on being acknowledged.
final class ProjectJournal implements Runnable {

  private static final System.Logger LOG = System.getLogger(ProjectJournal.class.getName());

  /// How long it sleeps when there is nothing to do, unless the journal wakes it.
  private static final Duration IDLE = Duration.ofSeconds(1);

  private final Journal journal;
  private final ProjectBatch projectBatch;
  private final CommitDraft commitDraft;
  private final Recover recover;
  private final Shared shared;
  private final ProjectionSettings.Reading settings;
  private final int partition;

  private final Courtesy courtesy;

  private boolean isRecovered;
  private long cursor;

  /// What the loop shares with others.
  record Shared(FoldBacklog backlog, Progress progress, StopSign stop, Clock clock) {}

  /// What the loop does to each run of facts, and what it does first.
  record Steps(Recover recover, ProjectBatch projectBatch, CommitDraft commitDraft) {}

  ProjectJournal(Journal journal, Steps steps, Shared shared, ProjectionSettings settings) {
    this.journal = journal;
    this.recover = steps.recover();
    this.projectBatch = steps.projectBatch();
    this.commitDraft = steps.commitDraft();
    this.shared = shared;
    this.settings = settings.reading();
    this.courtesy = new Courtesy(settings.reading().yieldAbove());
    this.partition = settings.partition();
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff();
    while (!shared.stop().isRaised()) {
      try {
        step();
        backoff.reset();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        if (!pauseAfter(e, backoff.next())) {
          return;
        }
      }
    }
  }

  private boolean pauseAfter(RuntimeException fault, Duration wait) {
    String reason = Reasons.of(fault);
    shared.progress().trouble(reason, shared.clock().instant());
    LOG.log(
        System.Logger.Level.WARNING,
        "projection stands at {0}: {1}; tried again in {2}",
        Long.toString(cursor),
        reason,
        wait);
    try {
      shared.stop().pause(wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void step() throws InterruptedException {
    if (!isRecovered) {
      cursor = recover.run(partition);
      shared.progress().startAt(cursor);
      isRecovered = true;
    }
    if (!shared.backlog().awaitRoom(IDLE)) {
      return;
    }
    long tail = journal.tail();
    Journal.Batch batch = read();
    if (batch.next() <= cursor) {
      shared.progress().well();
      var _ = journal.awaitBeyond(Math.max(cursor, tail), IDLE);
      return;
    }
    long began = System.nanoTime();
    project(batch);
    long ended = System.nanoTime();
    boolean hasCaughtUp = batch.entries().size() < settings.maxFacts();
    Duration rest = courtesy.rest(journal.tail(), ended, Duration.ofNanos(ended - began));
    if (hasCaughtUp || rest.isPositive()) {
      shared.stop().pause(rest.isPositive() ? rest : settings.pace());
    }
  }

  private Journal.Batch read() {
    Journal.Batch batch = journal.read(cursor, settings.maxFacts(), settings.maxBytes());
    for (Journal.Damage damage : batch.damages()) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the journal is damaged from {0} to {1} ({2}); what stood there is not projected",
          Long.toString(damage.from()),
          Long.toString(damage.to()),
          damage.what());
    }
    return batch;
  }

  private void project(Journal.Batch batch) {
    if (!batch.entries().isEmpty()) {
      shared.progress().begin(batch.entries().getFirst().fact().at());
    }
    try {
      commit(projectBatch.project(batch.entries()), batch.next(), batch.entries().size());
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "a batch was refused ({0}); its facts are taken one by one",
          Reasons.of(e));
      oneByOne(batch);
    }
  }

  private static void throwIfTemporary(RuntimeException fault) {
    if (fault instanceof StoreException store && store.isTemporary()) {
      throw store;
    }
  }

  /// Finds the fact that the store refuses, so that the others go on.
  private void oneByOne(Journal.Batch batch) {
    batch.entries().forEach(this::alone);
    if (batch.next() > cursor) {
      commit(projectBatch.project(List.of()), batch.next(), 0);
    }
  }

  private void alone(Journal.Entry entry) {
    try {
      commit(projectBatch.project(List.of(entry)), entry.next(), 1);
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "the rows of event {0} were refused; its job failed and can be retried",
          entry.fact().eventId());
      commit(projectBatch.refused(entry, Reasons.of(e)), entry.next(), 1);
    }
  }

  private void commit(Draft draft, long next, int facts) {
    commitDraft.commit(draft, next);
    cursor = next;
    long failures = draft.events().stream().filter(event -> event.failure() != null).count();
    shared.progress().moveTo(next, facts, Math.toIntExact(failures));
  }
}
