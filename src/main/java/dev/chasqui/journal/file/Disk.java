package dev.chasqui.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// What the journal asks of the disk beyond listing, renaming and deleting; the seam at which tests
/// make a disk full or faulty.
interface Disk {

  /// Opens an existing file to read and write.
  File open(Path path) throws IOException;

  /// Opens an existing file for direct I/O: reads and writes bypass the page cache where the file
  /// system allows it. Offsets and lengths must be multiples of [Segment#PAGE_BYTES], and buffers
  /// aligned to it. Journal bytes are written once and seldom read back, so cached pages would only
  /// evict more useful ones; and allocating a page costs several times as much as writing it.
  File openToWrite(Path path) throws IOException;

  /// Opens an existing file to read.
  File openToRead(Path path) throws IOException;

  /// Makes a file of zeros whose blocks are allocated and on disk, so that writing it later needs
  /// no more than `fdatasync`.
  ///
  /// @param rest called between steps
  void zeroFill(Path path, long size, Rest rest) throws IOException;

  /// Bytes that this process may still use on the disk of the path.
  long usableSpace(Path path) throws IOException;

  /// Makes creations, renames and deletions in the directory durable.
  void syncDirectory(Path directory) throws IOException;

  /// A pause between two steps of a long work.
  @FunctionalInterface
  interface Rest {

    /// Rests about as long as the last step took, or not at all if the caller of the work waits for
    /// it.
    ///
    /// @throws IOException if the work is to be given up
    void after(long stepNanos) throws IOException;
  }

  /// An open file. Unlike a channel it has no position, and reads and writes are whole.
  interface File extends AutoCloseable {

    /// Writes all that remains of the buffer.
    void write(ByteBuffer bytes, long offset) throws IOException;

    /// Reads until the buffer is full or the file ends.
    void read(ByteBuffer bytes, long offset) throws IOException;

    /// Makes the data on disk durable (`fdatasync`).
    void force() throws IOException;

    long size() throws IOException;

    @Override
    void close() throws IOException;
  }
}
