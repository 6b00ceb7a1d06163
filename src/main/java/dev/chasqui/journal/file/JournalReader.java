package dev.chasqui.journal.file;

import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads durable records by position. Each read opens the segment's file for itself, unless it
/// finds all its bytes in memory: so an interrupted reader closes no other reader's channel, a
/// segment that retention deletes meanwhile is read to its end, and the number of open files is the
/// number of reads under way. Opening takes some ten microseconds.
final class JournalReader {

  /// What is loaded at once where records stand close together: some tens of usual size. What is
  /// loaded behind the last of a batch is loaded in vain, so more would not be better.
  static final int STRETCH_BYTES = 64 << 10;

  /// What is loaded for one record; few are longer, and those are loaded in two goes.
  private static final int ONE_RECORD_BYTES = 4 << 10;

  /// Records that stand nearer to each other, on average, are loaded together.
  private static final int NEAR_BYTES = 8 << 10;

  private final Disk disk;
  private final Recent recent;
  private final Segments segments;
  private final Watermark tail;

  /// What the last batch was loaded into, for the next one: the projection reads some hundred times
  /// a second, and stretches made anew would be as much garbage as the records. Null while it is in
  /// use; who reads at the same time makes one more.
  private final AtomicReference<byte @Nullable []> idleStretch = new AtomicReference<>();

  JournalReader(Disk disk, Recent recent, Segments segments, Watermark tail) {
    this.disk = disk;
    this.recent = recent;
    this.segments = segments;
    this.tail = tail;
  }

  Journal.Batch read(long from, int maxRecords, int maxBytes) {
    long end = tail.position();
    SegmentReader reader = new SegmentReader(maxRecords, maxBytes);
    long position = Frame.align(from);
    while (position < end && reader.isEmpty()) {
      position = readSegment(reader, position, end);
    }
    return reader.batch(Math.max(position, from));
  }

  Journal.Entry readAt(long position) {
    if (position < segments.head(tail.position())) {
      throw gone(position);
    }
    Segment segment = segments.at(position).orElseThrow(() -> gone(position));
    if (position >= tail.position() || position >= segment.end()) {
      throw damaged(position);
    }
    try (SegmentBytes bytes = new SegmentBytes(disk, recent, segment)) {
      byte[] stretch = new byte[ONE_RECORD_BYTES];
      return entryAt(bytes.window(position, limit(segment), stretch), position);
    } catch (NoSuchFileException _) {
      throw gone(position);
    } catch (IOException e) {
      throw failed(segment, e);
    }
  }

  /// The records at positions, each segment's with its file opened once; see [Journal#readAll].
  List<Journal.Entry> readAll(SortedSet<Long> positions, int maxBytes) {
    List<Journal.Entry> found = new ArrayList<>(positions.size());
    long end = tail.position();
    TreeSet<Long> kept = new TreeSet<>(positions.subSet(segments.head(end), end));
    SortedSet<Long> left = kept;
    long bytes = 0;
    while (!left.isEmpty() && bytes < maxBytes) {
      long first = left.first();
      Optional<Segment> segment = segments.at(first).filter(it -> first < it.end());
      long next = segment.map(Segment::end).orElse(first + 1);
      if (segment.isPresent()) {
        bytes += readSome(segment.get(), left.headSet(next), maxBytes - bytes, found);
      }
      left = kept.tailSet(next);
    }
    return found;
  }

  /// @return how many bytes were read
  private long readSome(
      Segment segment, SortedSet<Long> positions, long maxBytes, List<Journal.Entry> found) {
    long span = positions.last() - positions.first();
    boolean areNear = span / positions.size() < NEAR_BYTES;
    byte[] stretch = new byte[areNear ? STRETCH_BYTES : ONE_RECORD_BYTES];
    long bytes = 0;
    try (SegmentBytes source = new SegmentBytes(disk, recent, segment)) {
      FrameWindow window = source.window(positions.first(), limit(segment), stretch);
      for (long position : positions) {
        Optional<Journal.Entry> entry =
            bytes < maxBytes ? entry(window, position) : Optional.empty();
        entry.ifPresent(found::add);
        bytes += entry.map(it -> it.next() - it.position()).orElse(0L);
      }
    } catch (NoSuchFileException _) {
      return 0;
    } catch (IOException e) {
      throw failed(segment, e);
    }
    return bytes;
  }

  private static Optional<Journal.Entry> entry(FrameWindow window, long position)
      throws IOException {
    try {
      return Optional.of(entryAt(window, position));
    } catch (JournalException e) {
      return Optional.empty();
    }
  }

  /// The position of the first record at or after one; the tail if there is none.
  long recordAtOrAfter(long from) {
    long end = tail.position();
    long position = Math.max(from, segments.head(end));
    while (position < end) {
      Segment segment = segments.at(position).orElseThrow();
      long limit = Math.min(segment.end(), end);
      long found = nextFrame(segment, Math.max(position, segment.first()), limit);
      if (found < limit) {
        return found;
      }
      position = startAfter(segment, end);
    }
    return end;
  }

  private static Journal.Entry entryAt(FrameWindow window, long position) throws IOException {
    int length = position % Frame.ALIGNMENT == 0 ? window.frameAt(position) : 0;
    if (length == 0 || window.isSeal(position)) {
      throw damaged(position);
    }
    return new Journal.Entry(
        position,
        position + Frame.align(length),
        FactCodec.decode(window.record(position, length)));
  }

  /// Reads on in the segment in which a position lies.
  ///
  /// @return where to read on
  private long readSegment(SegmentReader reader, long from, long end) {
    Optional<Segment> found = segments.at(from);
    if (found.isEmpty()) {
      return end;
    }
    Segment segment = found.get();
    long limit = Math.min(segment.end(), end);
    long position = Math.max(from, segment.first());
    if (position < limit) {
      position = readOpened(reader, segment, position, limit);
    }
    return position < segment.end() ? position : startAfter(segment, end);
  }

  private long readOpened(SegmentReader reader, Segment segment, long position, long limit) {
    byte[] idle = idleStretch.getAndSet(null);
    byte[] stretch = idle == null ? new byte[STRETCH_BYTES] : idle;
    try (SegmentBytes bytes = new SegmentBytes(disk, recent, segment)) {
      return reader.read(bytes.window(position, limit, stretch), position, limit);
    } catch (NoSuchFileException _) {
      return segment.end();
    } catch (IOException e) {
      throw failed(segment, e);
    } finally {
      idleStretch.set(stretch);
    }
  }

  private long nextFrame(Segment segment, long position, long limit) {
    try (SegmentBytes bytes = new SegmentBytes(disk, recent, segment)) {
      byte[] stretch = new byte[STRETCH_BYTES];
      FrameWindow window = bytes.window(position, limit, stretch);
      long next = window.nextFrame(position);
      return next < window.limit() && !window.isSeal(next) ? next : limit;
    } catch (NoSuchFileException _) {
      return limit;
    } catch (IOException e) {
      throw failed(segment, e);
    }
  }

  /// Where what may be read of a segment ends.
  private long limit(Segment segment) {
    return Math.min(segment.end(), tail.position());
  }

  private long startAfter(Segment segment, long end) {
    return Math.min(end, segments.after(segment).map(Segment::first).orElse(end));
  }

  private static JournalException gone(long position) {
    return new JournalException(
        JournalException.Kind.GONE, "the record at " + position + " has been deleted");
  }

  private static JournalException damaged(long position) {
    return new JournalException(
        JournalException.Kind.DAMAGED, "no intact record stands at " + position);
  }

  private static JournalException failed(Segment segment, IOException cause) {
    return new JournalException(
        JournalException.Kind.IO, "cannot read " + segment.path().getFileName(), cause);
  }
}
