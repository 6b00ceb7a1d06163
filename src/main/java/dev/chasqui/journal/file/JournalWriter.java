package dev.chasqui.journal.file;

import dev.chasqui.journal.Journal;
import dev.chasqui.observe.BrokenInvariantError;
import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The journal's one writer thread. It takes all appends that wait, writes them one after the
/// other, makes them durable with one fsync, moves the tail and tells the callers; meanwhile the
/// next batch gathers. The busier it is, the larger the batches. Bulk facts gather for longer,
/// unless something comes that is not.
///
/// Three things can go wrong. There is no room for the next segment: appends are refused until the
/// preparer has made one. A write fails, for want of room (a file system that copies on write) or
/// otherwise: the batch is refused, and once what it may have left is overwritten, writing goes on
/// at the same place. An fsync or anything else fails: nobody can say what is on disk, so the
/// journal is poisoned and refuses everything until it is opened anew.
final class JournalWriter {

  private static final System.Logger LOG = System.getLogger(JournalWriter.class.getName());
  private static final long RETRY_NANOS = Duration.ofSeconds(1).toNanos();

  /// A smaller batch is no sign of a busy journal, and a delay would only make its callers wait.
  private static final int BUSY_BATCH = 3;

  /// So many share a commit that a larger one would not be cheaper.
  private static final int FULL_BATCH = 32;

  private final SegmentChain chain;
  private final Intake intake;
  private final Marks marks;
  private final JournalSettings.Pacing pacing;
  private final SupervisedLoop loop;
  private final CountDownLatch closing = new CountDownLatch(1);

  /// Records of the last batch, and the interactive ones among them; for the writer's thread alone.
  private int batchSize;

  private int interactiveSize;

  private volatile Optional<String> blockedBy = Optional.empty();
  private volatile Optional<String> poisonedBy = Optional.empty();

  /// What others wait for: the position after all that is durable, and one after the last
  /// interactive fact of it.
  record Marks(Watermark tail, Watermark interactive) {}

  JournalWriter(
      SegmentChain chain,
      Intake intake,
      Marks marks,
      JournalSettings.Pacing pacing,
      Supervisor supervisor) {
    this.chain = chain;
    this.intake = intake;
    this.marks = marks;
    this.pacing = pacing;
    this.loop = supervisor.loop("journal-writer", this::run);
    intake.writerIs(loop.thread());
  }

  /// Begins to write.
  void start() {
    loop.start();
  }

  /// Why the disk does not take what is written; empty if it does.
  Optional<String> blockedBy() {
    return blockedBy;
  }

  Optional<String> poisonedBy() {
    return poisonedBy;
  }

  /// Writes what waits and ends.
  void close() {
    loop.expectEnd();
    closing.countDown();
    intake.stop();
    Threads.join(loop.thread());
  }

  private void run(LoopReport report) throws InterruptedException {
    try {
      for (Pending first = intake.take(); first != null; first = intake.take()) {
        commit(first);
        rest();
        awaitUnblocked(report);
      }
      finish();
    } catch (RuntimeException | Error e) {
      poison(null, e);
      throw new BrokenInvariantError("the journal's writer has a bug", e);
    }
    if (poisonedBy.isPresent()) {
      report.waits(poisonedBy.get());
      closing.await();
    }
  }

  private void finish() {
    if (poisonedBy.isPresent()) {
      return;
    }
    Pending rest = intake.shut(false);
    if (blockedBy.isEmpty()) {
      commit(rest);
    } else {
      refuse(rest, Journal.Reason.FULL);
      cleanse();
    }
    closeActive();
  }

  private void commit(@Nullable Pending first) {
    Pending undone = first;
    batchSize = 0;
    interactiveSize = 0;
    try {
      for (Pending pending = first; pending != null; pending = pending.next) {
        ActiveSegment target = chain.active();
        while (target == null || !target.hasRoomFor(pending.paddedLength())) {
          commitActive(undone, pending);
          undone = pending;
          Optional<ActiveSegment> rolled = chain.roll();
          if (rolled.isEmpty()) {
            refuse(undone, Journal.Reason.FULL);
            return;
          }
          target = rolled.get();
        }
        target.put(pending);
        batchSize++;
        interactiveSize += pending.isBulk() ? 0 : 1;
      }
      commitActive(undone, null);
    } catch (IOException e) {
      failed(undone, e);
    } catch (RuntimeException | Error e) {
      poison(undone, e);
      throw new BrokenInvariantError("the journal's writer has a bug", e);
    }
  }

  /// Makes the records from one up to another durable and tells their callers.
  private void commitActive(@Nullable Pending first, @Nullable Pending end) throws IOException {
    ActiveSegment target = chain.active();
    if (target == null || first == end) {
      return;
    }
    target.commit();
    advance(first, end, target.committed());
    intake.release(paddedBytes(first, end));
    for (Pending pending = first; pending != null && pending != end; pending = pending.next) {
      tell(pending, new Journal.Appended.Durable(pending.position));
    }
  }

  private void advance(@Nullable Pending first, @Nullable Pending end, long committed) {
    marks.tail().advance(committed);
    long interactive = -1;
    for (Pending pending = first; pending != null && pending != end; pending = pending.next) {
      interactive = pending.isBulk() ? interactive : pending.position;
    }
    if (interactive >= 0) {
      marks.interactive().advance(interactive + 1);
    }
  }

  private void failed(@Nullable Pending undone, IOException cause) {
    ActiveSegment target = chain.active();
    boolean isOutOfSpace = chain.isOutOfSpace(cause);
    boolean mayBeWrittenAgain = isOutOfSpace || cause instanceof WriteFailedException;
    if (target == null || !mayBeWrittenAgain) {
      poison(undone, cause);
      return;
    }
    target.rollBack();
    String what = isOutOfSpace ? "the disk is full" : "the disk does not write";
    blockedBy = Optional.of(what + ": " + cause.getMessage());
    LOG.log(
        System.Logger.Level.ERROR,
        "{0} ({1}); appends to the journal are refused, and each second it is tried again",
        what,
        String.valueOf(cause.getMessage()));
    refuse(undone, Journal.Reason.FULL);
  }

  private void poison(@Nullable Pending undone, Throwable cause) {
    blockedBy = Optional.empty();
    poisonedBy = Optional.of("poisoned: " + cause.getMessage() + "; restart when the disk is well");
    LOG.log(
        System.Logger.Level.ERROR,
        "The journal is poisoned: appends are refused until a restart",
        cause);
    refuse(undone, Journal.Reason.POISONED);
    refuse(intake.shut(true), Journal.Reason.POISONED);
    intake.stop();
    closeActive();
  }

  /// While the disk does not take what is written: tries once a second to overwrite the leavings.
  private void awaitUnblocked(LoopReport report) {
    if (blockedBy.isEmpty()) {
      return;
    }
    while (blockedBy.isPresent() && !intake.isStopping()) {
      blockedBy.ifPresent(report::waits);
      LockSupport.parkNanos(this, RETRY_NANOS);
      refuse(intake.poll(), Journal.Reason.FULL);
      cleanse();
    }
    report.goesOn();
    if (blockedBy.isEmpty() && poisonedBy.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "The journal can write to the disk again");
    }
  }

  private void cleanse() {
    ActiveSegment target = chain.active();
    if (target == null) {
      return;
    }
    try {
      target.cleanse();
      blockedBy = Optional.empty();
    } catch (FsyncFailedException e) {
      poison(null, e);
    } catch (IOException e) {
      blockedBy = Optional.of("the disk does not write: " + e.getMessage());
    }
  }

  private void rest() {
    if (batchSize >= FULL_BATCH) {
      return;
    }
    if (interactiveSize >= BUSY_BATCH) {
      LockSupport.parkNanos(this, pacing.busyMaxDelay().toNanos());
    }
    intake.rest(pacing.bulkMaxDelay());
  }

  private void refuse(@Nullable Pending first, Journal.Reason reason) {
    intake.release(paddedBytes(first, null));
    Journal.Appended.Refused refused = new Journal.Appended.Refused(reason);
    for (Pending pending = first; pending != null; pending = pending.next) {
      tell(pending, refused);
    }
  }

  private static long paddedBytes(@Nullable Pending first, @Nullable Pending end) {
    long sum = 0;
    for (Pending pending = first; pending != null && pending != end; pending = pending.next) {
      sum += pending.paddedLength();
    }
    return sum;
  }

  private static void tell(Pending pending, Journal.Appended result) {
    try {
      pending.callback().done(result);
    } catch (RuntimeException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "A journal callback threw; its caller is at fault", e);
    }
  }

  private void closeActive() {
    try {
      chain.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "Closing the journal's last segment failed", e);
    }
  }
}
