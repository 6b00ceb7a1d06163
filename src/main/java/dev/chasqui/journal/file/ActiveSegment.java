package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The segment being written. For the writer's thread alone.
final class ActiveSegment implements AutoCloseable {

  private static final byte[] ZEROS = new byte[4096];

  /// What file systems keep of a file in memory, and read to change a part of it.
  private static final int PAGE_BYTES = 4096;

  private final Segment segment;
  private final Disk.File file;
  private final ByteBuffer buffer;
  private long committed;
  private long flushed;
  private long dirtyEnd;

  /// @param position where the next record is to stand
  /// @param buffer what is to be written is gathered here; empty
  ActiveSegment(Segment segment, Disk.File file, long position, ByteBuffer buffer) {
    this.segment = segment;
    this.file = file;
    this.buffer = buffer.clear();
    this.committed = position;
    this.flushed = position;
    this.dirtyEnd = position;
  }

  /// Where the next record will stand.
  long position() {
    return flushed + buffer.position();
  }

  /// The position after the last durable record.
  long committed() {
    return committed;
  }

  long end() {
    return segment.end();
  }

  boolean hasRoomFor(int paddedLength) {
    return position() + paddedLength + Frame.SEAL_BYTES <= segment.end();
  }

  void put(Pending pending) throws IOException {
    pending.position = position();
    Frame.finish(pending.array(), pending.length(), pending.position);
    put(pending.array(), pending.length());
    put(ZEROS, pending.paddedLength() - pending.length());
  }

  /// Makes all that was put durable. The last page is written whole: what follows is zeros anyway,
  /// and a part of a page that is not in memory would have to be read from the disk first.
  void commit() throws IOException {
    int padding = restOfPage();
    buffer.put(ZEROS, 0, padding);
    flush();
    flushed -= padding;
    force();
    committed = flushed;
  }

  private int restOfPage() {
    if (buffer.position() == 0) {
      return 0;
    }
    int rest = (int) (-(position() - segment.base()) & (PAGE_BYTES - 1));
    return (int) Math.min(rest, Math.min(buffer.remaining(), segment.end() - position()));
  }

  /// Closes the run of records: what follows stands in the next segment.
  void seal() throws IOException {
    put(Frame.seal(position()), Frame.SEAL_BYTES);
    commit();
  }

  /// Forgets what was put since the last commit. Before the next record [#cleanse] must succeed.
  void rollBack() {
    buffer.clear();
    flushed = committed;
  }

  /// Overwrites what may have been written of records that were rolled back, so that none of them
  /// is ever found behind a shorter successor.
  void cleanse() throws IOException {
    long at = committed;
    while (at < dirtyEnd) {
      int count = (int) Math.min(ZEROS.length, dirtyEnd - at);
      file.write(ByteBuffer.wrap(ZEROS, 0, count), at - segment.base());
      at += count;
    }
    force();
    dirtyEnd = committed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void put(byte[] bytes, int length) throws IOException {
    int from = 0;
    while (from < length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int count = Math.min(buffer.remaining(), length - from);
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  private void flush() throws IOException {
    buffer.flip();
    int count = buffer.limit();
    dirtyEnd = flushed + count;
    file.write(buffer, flushed - segment.base());
    flushed += count;
    buffer.clear();
  }

  private void force() throws IOException {
    try {
      file.force();
    } catch (IOException e) {
      throw new FsyncFailedException(e);
    }
  }
}
