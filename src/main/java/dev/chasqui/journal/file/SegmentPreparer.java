package dev.chasqui.journal.file;

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

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long MAX_REST_NANOS = Duration.ofMillis(20).toNanos();

  private final Path directory;
  private final Disk disk;
  private final JournalSettings settings;
  private final LongSupplier bytesUsed;
  private final Thread thread =
      Thread.ofPlatform().name("journal-preparer").daemon().unstarted(this::run);
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
  SegmentPreparer(Path directory, Disk disk, JournalSettings settings, LongSupplier bytesUsed) {
    this.directory = directory;
    this.disk = disk;
    this.settings = settings;
    this.bytesUsed = bytesUsed;
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
    thread.start();
  }

  /// Takes the prepared file; waits while one is in the making. Empty if there is no room for one:
  /// then the journal is starved until a later attempt succeeds.
  Optional<Prepared> take() {
    lock.lock();
    try {
      isHurried = true;
      while (ready == null && trouble.isEmpty() && !isClosed) {
        changed.awaitUninterruptibly();
      }
      Optional<Prepared> taken = Optional.ofNullable(ready);
      isStarved = taken.isEmpty();
      return taken;
    } finally {
      isHurried = false;
      lock.unlock();
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
    return trouble;
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

  /// What is free on the disk beyond the reserve; 0 if the disk does not say.
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
    lock.lock();
    try {
      isClosed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    LockSupport.unpark(thread);
    Threads.join(thread);
  }

  private void run() {
    while (awaitWork()) {
      Optional<String> failure = Optional.empty();
      try {
        make(wantedBytes);
      } catch (IOException e) {
        failure = Optional.of("cannot prepare the next segment: " + e.getMessage());
      }
      finished(failure);
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
    if (bytesUsed.getAsLong() + size > settings.capBytes()) {
      throw new IOException("the journal's cap of " + settings.capBytes() + " bytes is reached");
    }
    if (disk.usableSpace(directory) - size < settings.reserveBytes()) {
      throw new IOException(
          "less than the reserve of " + settings.reserveBytes() + " bytes would be left free");
    }
  }
}
