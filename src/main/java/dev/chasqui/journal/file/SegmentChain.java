package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The segment being written and how the next one follows it. For the writer's thread alone.
final class SegmentChain {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path directory;
  private final Disk disk;
  private final Segments segments;
  private final SegmentPreparer preparer;
  private final Recent recent;
  private final ByteBuffer buffer = DirectIo.buffer(BUFFER_BYTES);
  private @Nullable ActiveSegment active;
  private long nextBase;

  SegmentChain(
      Path directory, Disk disk, Segments segments, SegmentPreparer preparer, Recent recent) {
    this.directory = directory;
    this.disk = disk;
    this.segments = segments;
    this.preparer = preparer;
    this.recent = recent;
  }

  /// Tells where writing begins.
  ///
  /// @param resumed the segment to go on with, if there is one
  /// @param base where a new one begins otherwise
  void begin(Optional<Recovery.Resumed> resumed, long base) throws IOException {
    nextBase = base;
    if (resumed.isPresent()) {
      active = open(resumed.get().segment(), resumed.get().position());
    }
  }

  /// The segment being written; null before the first one.
  @Nullable ActiveSegment active() {
    return active;
  }

  /// Goes on to the next segment; empty if there is no room for one. What was put into the active
  /// one must be committed.
  Optional<ActiveSegment> roll() throws IOException {
    Optional<SegmentPreparer.Prepared> prepared = preparer.take();
    if (prepared.isEmpty()) {
      return Optional.empty();
    }
    closeFull();
    ActiveSegment next = activate(prepared.get());
    active = next;
    preparer.used();
    return Optional.of(next);
  }

  void close() throws IOException {
    ActiveSegment last = active;
    active = null;
    if (last != null) {
      last.close();
    }
  }

  /// Whether an error means that the disk is full. The system's message may be in the user's
  /// language; so the free space is asked too.
  boolean isOutOfSpace(Throwable cause) {
    if (!(cause instanceof IOException) || cause instanceof FsyncFailedException) {
      return false;
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("No space left") || message.contains("quota")) {
      return true;
    }
    try {
      return disk.usableSpace(directory) < BUFFER_BYTES;
    } catch (IOException _) {
      return false;
    }
  }

  /// Seals the segment before the first record of the next one is written: so only the last segment
  /// ever has to be searched for its end.
  private void closeFull() throws IOException {
    ActiveSegment full = active;
    if (full == null) {
      return;
    }
    full.seal();
    nextBase = full.end();
    active = null;
    full.close();
  }

  /// Gives the prepared file its header and its name, durably, before it takes a record.
  private ActiveSegment activate(SegmentPreparer.Prepared prepared) throws IOException {
    long base = nextBase;
    try (Disk.File file = disk.open(prepared.path())) {
      file.write(Segment.header(base, prepared.size(), Segment.FORMAT_VERSION), 0);
      force(file);
    }
    Path path = Segments.place(prepared.path(), directory, base);
    disk.syncDirectory(directory);
    Segment segment = new Segment(base, base + prepared.size(), path);
    segments.add(segment);
    return open(segment, segment.first());
  }

  private ActiveSegment open(Segment segment, long position) throws IOException {
    Disk.File file = disk.openToWrite(segment.path());
    try {
      return new ActiveSegment(segment, file, position, buffer, recent);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  private static void force(Disk.File file) throws IOException {
    try {
      file.force();
    } catch (IOException e) {
      throw new FsyncFailedException(e);
    }
  }
}
