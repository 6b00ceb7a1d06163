package dev.chasqui.journal.file;

import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Looks at a segment's frames by position, loading the file a stretch at a time. Not for use by
/// several threads. A stretch handed out as [Bytes] is never written again.
final class FrameWindow {

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] ZEROS = new byte[64 << 10];

  private final Disk.File file;
  private final long base;
  private final long limit;
  private final int stretchBytes;

  private byte[] bytes = NOTHING;
  private long start;
  private int loaded;

  /// @param limit the position that no frame may pass
  /// @param stretchBytes how much is loaded at a time
  FrameWindow(Disk.File file, long base, long limit, int stretchBytes) throws IOException {
    this.file = file;
    this.base = base;
    this.limit = Math.min(limit, base + file.size());
    this.stretchBytes = stretchBytes;
  }

  /// The position that no frame passes: the one given, or the end of the file.
  long limit() {
    return limit;
  }

  /// The length of the intact frame at a position, without padding; 0 if there is none.
  int frameAt(long position) throws IOException {
    int length = plausibleLength(position);
    boolean isThere = length > 0 && load(position, length);
    return isThere && Frame.isIntact(bytes, index(position), length, position) ? length : 0;
  }

  /// Whether looking at the frame at a position needs no more loading.
  boolean holdsFrameAt(long position) {
    if (!holds(position, Frame.HEAD_BYTES)) {
      return false;
    }
    return holds(position, Math.max(Frame.HEAD_BYTES, Frame.lengthAt(bytes, index(position))));
  }

  boolean isSeal(long position) {
    return Frame.isSeal(bytes, index(position));
  }

  /// The record in the frame that [#frameAt] just found.
  Bytes record(long position, int length) {
    return Bytes.of(bytes, index(position) + Frame.HEAD_BYTES, length - Frame.HEAD_BYTES);
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
    long size = Math.min(limit - position, Math.max(count, stretchBytes));
    ByteBuffer stretch = ByteBuffer.allocate((int) size);
    file.read(stretch, position - base);
    bytes = stretch.array();
    start = position;
    loaded = stretch.position();
    return loaded >= count;
  }
}
