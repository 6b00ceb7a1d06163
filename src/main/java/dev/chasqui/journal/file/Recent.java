package dev.chasqui.journal.file;

import java.nio.ByteBuffer;

/// The newest durable bytes of the journal, in memory: who follows the tail closely reads them
/// here. What is written past the page cache would have to be read from the disk otherwise.
///
/// Holds one run of positions without gaps. For use by the writer and by readers; its own lock
/// guards it, for as long as it takes to copy some bytes.
final class Recent {

  private final byte[] ring;
  private long start;
  private long end;

  /// @param bytes how many it keeps
  Recent(int bytes) {
    this.ring = new byte[bytes];
  }

  /// Adds bytes that are durable. If they do not follow what is held, that is forgotten.
  ///
  /// @param bytes from its position to its limit; no more than are kept
  synchronized void add(ByteBuffer bytes, long position) {
    int count = bytes.remaining();
    if (count > ring.length) {
      throw new IllegalArgumentException(count + " bytes at once");
    }
    if (position != end) {
      start = position;
    }
    end = position + count;
    start = Math.max(start, end - ring.length);
    int at = index(position);
    int first = Math.min(count, ring.length - at);
    bytes.get(ring, at, first).get(ring, 0, count - first);
  }

  /// Fills a buffer with the bytes from a position on.
  ///
  /// @return false, and nothing is changed, if not all of them are held
  synchronized boolean read(ByteBuffer bytes, long position) {
    int count = bytes.remaining();
    if (!holds(position, position + count)) {
      return false;
    }
    int at = index(position);
    int first = Math.min(count, ring.length - at);
    bytes.put(ring, at, first).put(ring, 0, count - first);
    return true;
  }

  /// Whether all bytes from one position up to another are held, now.
  synchronized boolean holds(long from, long to) {
    return from >= start && to <= end;
  }

  private int index(long position) {
    return (int) (position % ring.length);
  }
}
