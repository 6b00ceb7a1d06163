package dev.chasqui.journal.file;

import dev.chasqui.journal.FactCodec;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads one segment's records into a batch. For one read of one thread.
final class SegmentReader {

  private final int maxRecords;
  private final int maxBytes;
  private final List<Journal.Entry> entries = new ArrayList<>();
  private final List<Journal.Damage> damages = new ArrayList<>();
  private long bytes;

  SegmentReader(int maxRecords, int maxBytes) {
    this.maxRecords = maxRecords;
    this.maxBytes = maxBytes;
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  Journal.Batch batch(long next) {
    return new Journal.Batch(entries, next, damages);
  }

  /// Reads from a position on, until there is enough or the segment ends.
  ///
  /// @param end where the segment or what is durable of it ends
  /// @return where to read on
  long read(FrameWindow window, long from, long end) throws IOException {
    long position = from;
    while (position < end && entries.size() < maxRecords && bytes < maxBytes) {
      int length = window.frameAt(position);
      if (length > 0 && window.isSeal(position)) {
        return end;
      }
      position = length > 0 ? take(window, position, length) : skip(window, position, end);
    }
    return position;
  }

  private long take(FrameWindow window, long position, int length) {
    long next = position + Frame.align(length);
    bytes += length;
    try {
      entries.add(
          new Journal.Entry(position, next, FactCodec.decode(window.record(position, length))));
    } catch (JournalException e) {
      damages.add(new Journal.Damage(position, next, String.valueOf(e.getMessage())));
    }
    return next;
  }

  private long skip(FrameWindow window, long position, long end) throws IOException {
    long next = window.nextFrame(window.nextNonZero(position) & -Frame.ALIGNMENT);
    long to = next < window.limit() ? next : end;
    damages.add(new Journal.Damage(position, to, "the bytes are not what was written"));
    return to;
  }
}
