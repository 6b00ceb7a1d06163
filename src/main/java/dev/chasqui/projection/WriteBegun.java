package dev.chasqui.projection;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// The loop that writes what the projection has begun, with the cursor, one transaction after the
/// other. What the store cannot take now is tried again, at growing intervals, until it does:
/// meanwhile the projection comes to its bound and waits, and webhooks go on being acknowledged.
final class WriteBegun implements Runnable {

  private static final System.Logger LOG = System.getLogger(WriteBegun.class.getName());

  private final Unwritten unwritten;
  private final CommitBegun commitBegun;
  private final Progress progress;
  private final StopSign stop;
  private final Clock clock;

  WriteBegun(
      Unwritten unwritten, CommitBegun commitBegun, Progress progress, StopSign stop, Clock clock) {
    this.unwritten = unwritten;
    this.commitBegun = commitBegun;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
  }

  /// Ends with the first that could not be written: the cursor must not pass it.
  @Override
  public void run() {
    try {
      List<Begun> taken = unwritten.take();
      while (!taken.isEmpty() && isWritten(taken)) {
        unwritten.done();
        taken = unwritten.take();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Writes until it is written.
  ///
  /// @return false if it was stopped while the store did not take it: it is projected again at the
  ///   next start, with all that follows
  private boolean isWritten(List<Begun> taken) throws InterruptedException {
    Backoff backoff = new Backoff();
    boolean isWritten = tryToWrite(taken, backoff);
    while (!isWritten && !stop.isRaised()) {
      isWritten = tryToWrite(taken, backoff);
    }
    return isWritten;
  }

  private boolean tryToWrite(List<Begun> taken, Backoff backoff) throws InterruptedException {
    try {
      List<Draft.Event> events = commitBegun.commit(taken);
      commitBegun.finish(taken, events);
      move(taken, events);
      return true;
    } catch (RuntimeException e) {
      pauseAfter(e, backoff.next());
      return false;
    }
  }

  private void move(List<Begun> taken, List<Draft.Event> events) {
    int facts = taken.stream().mapToInt(begun -> begun.run().facts()).sum();
    long failures = events.stream().filter(event -> event.failure() != null).count();
    progress.moveTo(taken.getLast().run().next(), facts, Math.toIntExact(failures));
  }

  private void pauseAfter(RuntimeException fault, Duration wait) throws InterruptedException {
    String reason = Reasons.of(fault);
    progress.trouble(Progress.Loop.WRITING, reason, clock.instant());
    LOG.log(
        System.Logger.Level.WARNING,
        "what is projected could not be written: {0}; tried again in {1}",
        reason,
        wait);
    stop.pause(wait);
  }
}
