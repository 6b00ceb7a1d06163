package dev.chasqui.journal.file;

import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Looks at a segment's frames by position, loading it a stretch at a time into one array. Not for
/// use by several threads. What it hands out are copies.
final class FrameWindow {

  private static final byte[] ZEROS = new byte[64 << 10];

  private final Source source;
  private final long limit;
  private final int stretchBytes;

  private byte[] bytes;
  private long start;
  private int loaded;

  /// Where the bytes come from.
  @FunctionalInterface
  interface Source {

    /// Reads until the buffer is full or there are no more.
    void read(ByteBuffer bytes, long position) throws IOException;
  }

  /// @param limit the position that no frame may pass
  /// @param stretch as much is loaded at a time, into this array; a longer frame into one of its
  ///   own
  FrameWindow(Source source, long limit, byte[] stretch) {
    this.source = source;
    this.limit = limit;
    this.stretchBytes = stretch.length;
    this.bytes = stretch;
  }

  /// The position that no frame passes.
  long limit() {
    return limit;
  }

  /// The length of the intact frame at a position, without padding; 0 if there is none.
  int frameAt(long position) throws IOException {
    int length = plausibleLength(position);
    boolean isThere = length > 0 && load(position, length);
    return isThere && Frame.isIntact(bytes, index(position), length, position) ? length : 0;
  }

  boolean isSeal(long position) {
    return Frame.isSeal(bytes, index(position));
  }

  /// A copy of the record in the frame that [#frameAt] just found, so that a caller that keeps the
  /// record does not keep the whole window in memory.
  Bytes record(long position, int length) {
    int at = index(position);
    return Bytes.of(Arrays.copyOfRange(bytes, at + Frame.HEAD_BYTES, at + length));
  }

  /// The first position at or after the given one at which an intact frame stands; the limit if
  /// there is none.
  long nextFrame(long from) throws IOException {
    for (long at = Frame.align(from); at < limit; at += Frame.ALIGNMENT) {
      if (frameAt(at) > 0) {
        return at;
      }
    }
    return limit;
  }

  /// The first position at or after the given one with a byte that is not 0; the limit if there is
  /// none.
  long nextNonZero(long from) throws IOException {
    long at = from;
    while (at < limit && load(at, 1)) {
      int index = index(at);
      int count = Math.min(loaded - index, ZEROS.length);
      int mismatch = Arrays.mismatch(bytes, index, index + count, ZEROS, 0, count);
      if (mismatch >= 0) {
        return at + mismatch;
      }
      at += count;
    }
    return limit;
  }

  private int plausibleLength(long position) throws IOException {
    if (limit - position < Frame.MIN_BYTES || !load(position, Frame.MIN_BYTES)) {
      return 0;
    }
    int length = Frame.lengthAt(bytes, index(position));
    boolean isPlausible =
        length >= Frame.MIN_BYTES && length <= Frame.MAX_BYTES && length <= limit - position;
    return isPlausible ? length : 0;
  }

  private int index(long position) {
    return (int) (position - start);
  }

  private boolean holds(long position, int count) {
    return position >= start && position - start <= loaded - count;
  }

  /// Loads a stretch from the position on unless it is there; false if the file ends before.
  private boolean load(long position, int count) throws IOException {
    if (holds(position, count)) {
      return true;
    }
    int size = (int) Math.min(limit - position, Math.max(count, stretchBytes));
    if (bytes.length < size) {
      bytes = new byte[size];
    }
    start = position;
    loaded = 0;
    ByteBuffer stretch = ByteBuffer.wrap(bytes, 0, size);
    source.read(stretch, position);
    loaded = stretch.position();
    return loaded >= count;
  }
}
