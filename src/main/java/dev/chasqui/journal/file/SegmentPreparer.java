package dev.chasqui.journal.file;

import dev.chasqui.observe.LoopReport;
import dev.chasqui.observe.SupervisedLoop;
import dev.chasqui.observe.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps one file of zeros ready for the writer, made by a thread of its own. A file is named
/// `*.preparing` until its zeros are on disk and `*.prepared` until it is used, so that neither is
/// ever taken for a segment. When there is no room it tries again every second; when a file is
/// ready it sleeps.
final class SegmentPreparer implements AutoCloseable {

  static final String READY_NAME = "next.prepared";
  static final String UNFINISHED_NAME = "next.preparing";

  private static final System.Logger LOG = System.getLogger(SegmentPreparer.class.getName());
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// How long appends wait for a segment in the making before they are refused.
  private static final Duration TAKE_LIMIT = Duration.ofSeconds(10);

  private static final long MAX_REST_NANOS = Duration.ofMillis(20).toNanos();

  private final Path directory;
  private final Disk disk;
  private final JournalSettings settings;
  private final LongSupplier bytesUsed;
  private final SupervisedLoop loop;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock; the volatile ones are read without it.
  private @Nullable Prepared ready;
  private boolean isRetryDue;
  private long wantedBytes;
  private volatile boolean isClosed;
  private volatile boolean isHurried;
  private volatile boolean isStarved;
  private volatile Optional<String> trouble = Optional.empty();

  /// @param bytesUsed what the segments take
  SegmentPreparer(
      Path directory,
      Disk disk,
      JournalSettings settings,
      LongSupplier bytesUsed,
      Supervisor supervisor) {
    this.directory = directory;
    this.disk = disk;
    this.settings = settings;
    this.bytesUsed = bytesUsed;
    this.loop = supervisor.loop("journal-preparer", this::run);
  }

  /// A file of zeros that is on disk.
  record Prepared(Path path, long size) {}

  /// Begins to work.
  ///
  /// @param found a file that an earlier run of the program prepared
  /// @param firstBytes size of the first file, if there is none
  void start(Optional<Prepared> found, long firstBytes) {
    ready = found.orElse(null);
    wantedBytes = firstBytes;
    loop.start();
  }

  /// Takes the prepared file; waits while one is in the making, up to a limit. Empty if there is no
  /// room for one, or it takes too long: then the journal is starved until one is ready.
  Optional<Prepared> take() {
    lock.lock();
    try {
      isHurried = true;
      awaitReady();
      Optional<Prepared> taken = Optional.ofNullable(ready);
      isStarved = taken.isEmpty();
      return taken;
    } finally {
      isHurried = false;
      lock.unlock();
    }
  }

  private void awaitReady() {
    long nanos = TAKE_LIMIT.toNanos();
    try {
      while (ready == null && trouble.isEmpty() && !isClosed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException _) {
      // Nobody interrupts the writer; if somebody does, the file is merely not awaited.
    }
  }

  /// Tells that the file that was taken is a segment now, so that the next one may be made.
  void used() {
    lock.lock();
    try {
      ready = null;
      wantedBytes = settings.segmentBytes();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Tells that there may be room now.
  void retryNow() {
    lock.lock();
    try {
      isRetryDue = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the writer needed a file and there was no room for one.
  boolean isStarved() {
    return isStarved;
  }

  /// Why there is no next segment; empty if all is well.
  Optional<String> trouble() {
    boolean isLate = isStarved && trouble.isEmpty();
    return isLate
        ? Optional.of("the next segment is not ready: the disk takes too long to write it")
        : trouble;
  }

  /// Bytes on disk of the prepared file.
  long bytesUsed() {
    lock.lock();
    try {
      return ready == null ? 0 : ready.size();
    } finally {
      lock.unlock();
    }
  }

  /// Bytes free on the disk beyond the reserve; 0 if they are not known.
  long bytesFree() {
    try {
      return disk.usableSpace(directory) - settings.reserveBytes();
    } catch (IOException _) {
      return 0;
    }
  }

  /// Gives up what is in the making and ends.
  @Override
  public void close() {
    loop.expectEnd();
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(loop.thread());
    Threads.join(loop.thread());
  }

  private void run(LoopReport report) {
    while (awaitWork()) {
      Optional<String> failure = Optional.empty();
      try {
        make(wantedBytes);
        report.goesOn();
      } catch (IOException e) {
        failure = Optional.of("cannot prepare the next segment: " + e.getMessage());
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "preparing the next segment failed; tried again", e);
        failure = Optional.of("cannot prepare the next segment: " + e.getClass().getSimpleName());
      }
      failure.ifPresent(report::waits);
      tell(failure);
      finished(failure);
    }
  }

  /// Once when it begins and once when it is over, not with each try.
  private void tell(Optional<String> failure) {
    boolean wasWell = trouble.isEmpty();
    if (wasWell && failure.isPresent() && !isClosed) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}; webhooks are refused when the open segment is full",
          failure.get());
    }
    if (!wasWell && failure.isEmpty()) {
      LOG.log(System.Logger.Level.INFO, "The journal has its next segment again");
    }
  }

  /// Waits until a file is wanted, and after a failure for the retry; false when closed.
  private boolean awaitWork() {
    lock.lock();
    try {
      while (!isClosed && ready != null) {
        changed.awaitUninterruptibly();
      }
      long nanos = RETRY.toNanos();
      while (!isClosed && trouble.isPresent() && nanos > 0 && !isRetryDue) {
        nanos = changed.awaitNanos(nanos);
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if somebody does, the retry is merely early.
    } finally {
      isRetryDue = false;
      lock.unlock();
    }
    return !isClosed;
  }

  private void finished(Optional<String> failure) {
    lock.lock();
    try {
      trouble = failure;
      if (failure.isEmpty()) {
        ready = new Prepared(directory.resolve(READY_NAME), wantedBytes);
        isStarved = false;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void make(long size) throws IOException {
    requireRoom(size);
    Path unfinished = directory.resolve(UNFINISHED_NAME);
    try {
      disk.zeroFill(unfinished, size, this::rest);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    Files.move(unfinished, directory.resolve(READY_NAME));
  }

  /// The disk is left to others half of the time, unless the writer waits.
  private void rest(long stepNanos) throws IOException {
    if (isClosed) {
      throw new IOException("the journal is closed");
    }
    if (!isHurried) {
      LockSupport.parkNanos(this, Math.min(stepNanos, MAX_REST_NANOS));
    }
  }

  private void requireRoom(long size) throws IOException {
    long used = bytesUsed.getAsLong();
    if (used + size > settings.capBytes()) {
      throw new IOException(
          "journal.cap is reached: the journal uses %d bytes of %d, and the next segment takes %d"
              .formatted(used, settings.capBytes(), size));
    }
    long free = disk.usableSpace(directory);
    if (free - size < settings.reserveBytes()) {
      throw new IOException(
          "the disk is full up to journal.reserve: %d bytes are free, %d are to be left, and the next"
                  .formatted(free, settings.reserveBytes())
              + " segment takes "
              + size);
    }
  }
}
