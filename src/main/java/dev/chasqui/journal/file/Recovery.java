package dev.chasqui.journal.file;

import dev.chasqui.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Finds out what a journal's directory holds and where it ends.
///
/// Only the last segment has to be searched, since a segment is sealed on disk before the next one
/// gets its first record. Its intact frames count, also those behind a damaged stretch. If nothing
/// but zeros follows the last of them, writing goes on there. If anything else follows, a torn
/// write or a damaged record, the rest of the segment is given up and the next record opens a new
/// one: a position is never used twice, so a reader who had already passed the damaged place misses
/// nothing, and what was torn cannot come back.
final class Recovery {

  private static final int STRETCH_BYTES = 1 << 20;

  private final Path directory;
  private final Disk disk;
  private final long segmentBytes;
  private final Segments segments = new Segments();
  private final List<String> findings = new ArrayList<>();
  private long tail;

  /// Whether anything but zeros stands behind the last intact frame.
  private boolean isDirty;

  /// @param segmentBytes the size to assume of a last segment whose header is lost
  Recovery(Path directory, Disk disk, long segmentBytes) {
    this.directory = directory;
    this.disk = disk;
    this.segmentBytes = segmentBytes;
  }

  /// The segments and the tail that recovery found.
  ///
  /// @param resumed the segment to go on with, if there is one
  /// @param nextBase where a new segment may begin
  record Found(
      Segments segments, Optional<Resumed> resumed, long nextBase, RecoveryReport report) {}

  /// A segment to go on with at a position.
  record Resumed(Segment segment, long position) {}

  /// @param floor no new record may stand before it: the farthest position that a reader is known
  ///   to have reached
  Found run(long floor) throws IOException {
    index(listBases());
    Optional<Segment> last = segments.last();
    Optional<Resumed> open = Optional.empty();
    if (last.isPresent()) {
      open = scan(last.get());
    }
    long end = last.map(Segment::end).orElse(0L);
    long nextBase = alignToBlock(Math.max(end, floor));
    OptionalLong lostFrom = floor > tail ? OptionalLong.of(tail) : OptionalLong.empty();
    if (lostFrom.isPresent()) {
      findings.add(
          "The database is ahead of this data directory's journal (position "
              + floor
              + ", the journal ends at "
              + tail
              + "). Either the journal was lost, or another gateway uses the same database. New"
              + " records begin at "
              + nextBase
              + ".");
      open = Optional.empty();
    }
    tail = Math.max(tail, floor);
    return new Found(segments, open, nextBase, new RecoveryReport(tail, lostFrom, findings));
  }

  private List<Long> listBases() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(Segment::baseOf)
          .flatMap(Optional::stream)
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }

  private void index(List<Long> bases) throws IOException {
    for (int i = 0; i < bases.size(); i++) {
      long next = i + 1 < bases.size() ? bases.get(i + 1) : Long.MAX_VALUE;
      segments.add(inspect(bases.get(i), next));
    }
  }

  /// Reads a segment's header. What it does not tell follows from the file's name and the next
  /// segment's.
  private Segment inspect(long base, long next) throws IOException {
    Path path = directory.resolve(Segment.fileName(base));
    try (Disk.File file = disk.openToRead(path)) {
      long size = file.size();
      long told = toldSize(path, file, base);
      long assumed = told > 0 ? told : Math.max(size, next == Long.MAX_VALUE ? segmentBytes : 0);
      long end = Math.min(base + Math.max(assumed, Segment.HEADER_BYTES), next);
      if (base + size < end) {
        findings.add(
            path.getFileName()
                + " is cut short: it has "
                + size
                + " bytes of "
                + (end - base)
                + ".");
      }
      return new Segment(base, end, path);
    }
  }

  private long toldSize(Path path, Disk.File file, long base) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(Segment.HEADER_BYTES);
    file.read(block, 0);
    Optional<Segment.Header> header = Segment.readHeader(block.flip());
    if (header.isEmpty()) {
      findings.add("The header of " + path.getFileName() + " is garbled; its name is trusted.");
      return 0;
    }
    if (header.get().version() > Segment.FORMAT_VERSION) {
      throw new JournalException(
          JournalException.Kind.UNUSABLE,
          path
              + " has format "
              + header.get().version()
              + "; this program knows up to "
              + Segment.FORMAT_VERSION);
    }
    if (header.get().base() != base) {
      findings.add(
          path.getFileName()
              + " begins at "
              + header.get().base()
              + " by its header, not where its name says; its name is trusted.");
    }
    return header.get().size();
  }

  private Optional<Resumed> scan(Segment segment) throws IOException {
    try (Disk.File file = disk.open(segment.path())) {
      byte[] stretch = new byte[STRETCH_BYTES];
      FrameWindow window =
          new FrameWindow(
              (bytes, position) -> file.read(bytes, position - segment.base()),
              Math.min(segment.end(), segment.base() + file.size()),
              stretch);
      boolean isSealed = walk(segment, window);
      // What was found is told to readers, so it must not be in the page cache alone.
      file.force();
      boolean isResumed = !isSealed && isResumable(segment, window);
      return isResumed ? Optional.of(new Resumed(segment, tail)) : Optional.empty();
    }
  }

  /// Walks over the frames, those behind damaged stretches too, and sets the tail behind the last;
  /// true if that was a seal.
  private boolean walk(Segment segment, FrameWindow window) throws IOException {
    long position = segment.first();
    tail = position;
    while (position < window.limit()) {
      int length = window.frameAt(position);
      if (length > 0 && window.isSeal(position)) {
        return true;
      }
      if (length > 0) {
        position += Frame.align(length);
        tail = position;
        isDirty = false;
        continue;
      }
      long nonZero = window.nextNonZero(position);
      isDirty = nonZero < window.limit();
      long next = window.nextFrame(nonZero & -Frame.ALIGNMENT);
      if (next < window.limit()) {
        findings.add("Bytes " + position + " to " + next + " are damaged; what follows is kept.");
      }
      position = next;
    }
    return false;
  }

  private boolean isResumable(Segment segment, FrameWindow window) {
    if (isDirty) {
      findings.add(
          "Behind the last intact record, at "
              + tail
              + ", stands something else: a write that was torn, or a damaged record. It is cut"
              + " off.");
    }
    return !isDirty && window.limit() == segment.end();
  }

  private static long alignToBlock(long position) {
    return (position + Segment.HEADER_BYTES - 1) & -Segment.HEADER_BYTES;
  }
}
