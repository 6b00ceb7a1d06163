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

/// Reads what is durable, by position. Each read opens the segment's file for itself: so an
/// interrupted reader closes nobody else's channel, a segment that retention deletes meanwhile is
/// read to its end, and the number of open files is the number of reads under way. Opening costs
/// some ten microseconds.
final class JournalReader {

  private static final int MIN_STRETCH_BYTES = 16 << 10;
  private static final int MAX_STRETCH_BYTES = 4 << 20;
  private static final int ONE_RECORD_BYTES = 8 << 10;

  /// What is loaded at once where records that are wanted stand close together.
  private static final int DENSE_BYTES = 128 << 10;

  /// What a small record takes; only a guess of how much to load for a number of records.
  private static final int TYPICAL_RECORD_BYTES = 4 << 10;

  private final Disk disk;
  private final Segments segments;
  private final DurableTail tail;

  JournalReader(Disk disk, Segments segments, DurableTail tail) {
    this.disk = disk;
    this.segments = segments;
    this.tail = tail;
  }

  Journal.Batch read(long from, int maxRecords, int maxBytes) {
    long end = tail.position();
    SegmentReader reader = new SegmentReader(maxRecords, maxBytes);
    int stretch = stretchBytes(maxRecords, maxBytes);
    long position = Frame.align(from);
    while (position < end && reader.isEmpty()) {
      position = readSegment(reader, position, end, stretch);
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
    try (Disk.File file = disk.openToRead(segment.path())) {
      FrameWindow window = new FrameWindow(file, segment.base(), segment.end(), ONE_RECORD_BYTES);
      return entryAt(window, position);
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
    boolean isDense = span / positions.size() < ONE_RECORD_BYTES;
    int stretch = isDense ? DENSE_BYTES : ONE_RECORD_BYTES;
    long bytes = 0;
    try (Disk.File file = disk.openToRead(segment.path())) {
      FrameWindow window = new FrameWindow(file, segment.base(), segment.end(), stretch);
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
  private long readSegment(SegmentReader reader, long from, long end, int stretch) {
    Optional<Segment> found = segments.at(from);
    if (found.isEmpty()) {
      return end;
    }
    Segment segment = found.get();
    long limit = Math.min(segment.end(), end);
    long position = Math.max(from, segment.first());
    if (position < limit) {
      position = readOpened(reader, segment, position, limit, stretch);
    }
    return position < segment.end() ? position : startAfter(segment, end);
  }

  private long readOpened(
      SegmentReader reader, Segment segment, long position, long limit, int stretch) {
    try (Disk.File file = disk.openToRead(segment.path())) {
      FrameWindow window = new FrameWindow(file, segment.base(), limit, stretch);
      return reader.read(window, position, limit);
    } catch (NoSuchFileException _) {
      return segment.end();
    } catch (IOException e) {
      throw failed(segment, e);
    }
  }

  private long nextFrame(Segment segment, long position, long limit) {
    try (Disk.File file = disk.openToRead(segment.path())) {
      FrameWindow window = new FrameWindow(file, segment.base(), limit, MIN_STRETCH_BYTES);
      long next = window.nextFrame(position);
      return next < window.limit() && !window.isSeal(next) ? next : limit;
    } catch (NoSuchFileException _) {
      return limit;
    } catch (IOException e) {
      throw failed(segment, e);
    }
  }

  private long startAfter(Segment segment, long end) {
    return Math.min(end, segments.after(segment).map(Segment::first).orElse(end));
  }

  private static int stretchBytes(int maxRecords, int maxBytes) {
    long guess = Math.min(maxBytes, (long) maxRecords * TYPICAL_RECORD_BYTES);
    return Math.clamp(guess, MIN_STRETCH_BYTES, MAX_STRETCH_BYTES);
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
