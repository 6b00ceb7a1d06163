package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The segment being written. For the writer's thread alone.
///
/// It is written in whole pages, so that the page cache can be passed by ([Disk#openToWrite]); and
/// where it cannot, no part of a page has to be read before it is written. The page in which the
/// last record ended stays in the buffer, and the next commit writes it again with what follows.
final class ActiveSegment implements AutoCloseable {

  private static final byte[] ZEROS = new byte[Segment.PAGE_BYTES];

  private final Segment segment;
  private final Disk.File file;
  private final Recent recent;

  /// What stands from [#bufferStart] on and is not written yet, behind the durable part of the page
  /// that it begins in.
  private final ByteBuffer buffer;

  /// The durable part of the page in which the next commit begins.
  private final byte[] begun = new byte[Segment.PAGE_BYTES];

  private long bufferStart;
  private long committed;
  private long dirtyEnd;

  /// @param position where the next record is to stand
  /// @param buffer some whole pages
  ActiveSegment(Segment segment, Disk.File file, long position, ByteBuffer buffer, Recent recent)
      throws IOException {
    this.segment = segment;
    this.file = file;
    this.recent = recent;
    this.buffer = buffer.clear();
    this.committed = position;
    this.dirtyEnd = position;
    if (inPage(position) > 0) {
      buffer.limit(Segment.PAGE_BYTES);
      file.read(buffer, pageOf(position) - segment.base());
      buffer.get(0, begun, 0, inPage(position));
    }
    rollBack();
  }

  /// How many bytes of its page stand before a position. A segment begins with a page.
  private int inPage(long position) {
    return (int) (position - segment.base()) & (Segment.PAGE_BYTES - 1);
  }

  private long pageOf(long position) {
    return position - inPage(position);
  }

  /// Where the next record will stand.
  long position() {
    return bufferStart + buffer.position();
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

  /// Makes all that was put durable. What follows in the last page is zeros anyway.
  void commit() throws IOException {
    long end = position();
    if (inPage(end) > 0) {
      buffer.put(ZEROS, 0, Segment.PAGE_BYTES - inPage(end));
    }
    writeBuffer();
    force();
    long from = Math.max(committed, bufferStart);
    int begins = (int) (from - bufferStart);
    recent.add(buffer.slice(begins, (int) (end - from)), from);
    buffer.get((int) (pageOf(end) - bufferStart), begun, 0, inPage(end));
    committed = end;
    dirtyEnd = end;
    rollBack();
  }

  /// Closes the run of records: what follows stands in the next segment.
  void seal() throws IOException {
    put(Frame.seal(position()), Frame.SEAL_BYTES);
    commit();
  }

  /// Forgets what was put since the last commit. If any of it may have been written, [#cleanse]
  /// must succeed before the next record.
  void rollBack() {
    bufferStart = pageOf(committed);
    buffer.clear().put(begun, 0, inPage(committed));
  }

  /// Overwrites what may have been written of records that were rolled back, so that none of them
  /// is ever found behind a shorter successor.
  void cleanse() throws IOException {
    rollBack();
    while (position() < dirtyEnd || inPage(position()) > 0) {
      put(ZEROS, Segment.PAGE_BYTES - inPage(position()));
    }
    writeBuffer();
    force();
    dirtyEnd = committed;
    rollBack();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void put(byte[] bytes, int length) throws IOException {
    int from = 0;
    while (from < length) {
      if (!buffer.hasRemaining()) {
        writeBuffer();
        bufferStart += buffer.capacity();
        buffer.clear();
      }
      int count = Math.min(buffer.remaining(), length - from);
      buffer.put(bytes, from, count);
      from += count;
    }
  }

  /// Writes the pages in the buffer, which keeps them.
  private void writeBuffer() throws IOException {
    dirtyEnd = Math.max(dirtyEnd, position());
    try {
      file.write(buffer.slice(0, buffer.position()), bufferStart - segment.base());
    } catch (IOException e) {
      throw new WriteFailedException(e);
    }
  }

  private void force() throws IOException {
    try {
      file.force();
    } catch (IOException e) {
      throw new FsyncFailedException(e);
    }
  }
}
