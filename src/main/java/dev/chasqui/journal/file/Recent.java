package dev.chasqui.journal.file;

import java.nio.ByteBuffer;

/// The newest durable bytes of the journal, in memory: who follows the tail closely reads them
/// here. What is written past the page cache would have to be read from the disk otherwise.
///
/// Holds one run of positions without gaps. For use by the writer and by readers; its own lock
/// guards it, for as long as it takes to copy some bytes.
final class Recent {

  /// Not on the heap, where young collections would carry it about.
  private final ByteBuffer ring;

  private long start;
  private long end;

  /// @param bytes how many it keeps
  Recent(int bytes) {
    this.ring = ByteBuffer.allocateDirect(bytes);
  }

  /// Adds bytes that are durable. If they do not follow what is held, that is forgotten.
  ///
  /// @param bytes from its position to its limit; no more than are kept
  synchronized void add(ByteBuffer bytes, long position) {
    int count = bytes.remaining();
    if (count > ring.capacity()) {
      throw new IllegalArgumentException(count + " bytes at once");
    }
    if (position != end) {
      start = position;
    }
    end = position + count;
    start = Math.max(start, end - ring.capacity());
    int at = index(position);
    int first = Math.min(count, ring.capacity() - at);
    ring.put(at, bytes, bytes.position(), first);
    ring.put(0, bytes, bytes.position() + first, count - first);
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
    int first = Math.min(count, ring.capacity() - at);
    bytes.put(ring.slice(at, first)).put(ring.slice(0, count - first));
    return true;
  }

  /// Whether all bytes from one position up to another are held, now.
  synchronized boolean holds(long from, long to) {
    return from >= start && to <= end;
  }

  private int index(long position) {
    return (int) (position % ring.capacity());
  }
}
