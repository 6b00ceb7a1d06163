package dev.chasqui.projection;

import dev.chasqui.observe.BrokenInvariantError;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.store.Reasons;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The loop that commits what the projection has begun, with the cursor, one transaction after the
/// other. What the store cannot take now is tried again, at growing intervals, until it does:
/// meanwhile the projection comes to its bound and waits, and webhooks go on being acknowledged.
final class RunCommits implements SupervisedLoop.Body {

  private static final System.Logger LOG = System.getLogger(RunCommits.class.getName());

  private final UncommittedBatches uncommittedBatches;
  private final CommitBatches commitBatches;
  private final Progress progress;
  private final StopSign stop;
  private final Clock clock;

  RunCommits(
      UncommittedBatches uncommittedBatches,
      CommitBatches commitBatches,
      Progress progress,
      StopSign stop,
      Clock clock) {
    this.uncommittedBatches = uncommittedBatches;
    this.commitBatches = commitBatches;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
  }

  /// Ends with the first that could not be written: the cursor must not pass it.
  @Override
  public void run(LoopReport report) throws InterruptedException {
    List<UncommittedBatch> taken = uncommittedBatches.take();
    while (!taken.isEmpty() && isWritten(taken, report)) {
      uncommittedBatches.done();
      taken = uncommittedBatches.take();
    }
  }

  /// Writes until it is written, and then tells of it, once.
  ///
  /// @return false if it was stopped while the store did not take it: it is projected again at the
  ///   next start, with all that follows
  private boolean isWritten(List<UncommittedBatch> taken, LoopReport report)
      throws InterruptedException {
    LoopBackoff backoff = new LoopBackoff();
    List<Draft.Event> events = tryToCommit(taken, report);
    while (events == null && !stop.isRaised()) {
      stop.pause(backoff.next());
      events = tryToCommit(taken, report);
    }
    if (events == null) {
      return false;
    }
    report.goesOn();
    finish(taken, events);
    return true;
  }

  /// @return the events as they are in the store, null if it did not take them
  private @Nullable List<Draft.Event> tryToCommit(List<UncommittedBatch> taken, LoopReport report) {
    try {
      return commitBatches.commit(taken);
    } catch (RuntimeException e) {
      String reason = Reasons.of(e);
      progress.trouble(Progress.Loop.WRITING, reason, clock.instant());
      report.waits(reason);
      LOG.log(System.Logger.Level.WARNING, "cannot write to the store: {0}; retry", reason);
      return null;
    }
  }

  /// The rows are written: whatever fails now must not write them again.
  private void finish(List<UncommittedBatch> taken, List<Draft.Event> events) {
    try {
      commitBatches.finish(taken, events);
      move(taken, events);
    } catch (RuntimeException e) {
      throw new BrokenInvariantError("what is written in the store cannot be told of", e);
    }
  }

  private void move(List<UncommittedBatch> taken, List<Draft.Event> events) {
    int facts = taken.stream().mapToInt(uncommitted -> uncommitted.run().facts()).sum();
    long failures = events.stream().filter(event -> event.failure() != null).count();
    progress.moveTo(taken.getLast().run().next(), facts, Math.toIntExact(failures));
  }
}
