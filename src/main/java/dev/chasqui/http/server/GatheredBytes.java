package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// The pieces of a body that does not come in one. Small pieces are copied together: kept as they
/// are, a body of tiny chunks would take a hundred times its size. Large ones are kept, and one
/// array of the whole length is made when all are here: an array that grows as they come would be
/// copied again and again, and the collector has its own trouble with each large array. What is
/// held is never more than about twice what has arrived.
final class GatheredBytes {

  private static final int SMALLEST_CHUNK_BYTES = 256;
  private static final int LARGEST_CHUNK_BYTES = 64 << 10;

  /// A piece of this size is kept as it is.
  private static final int LARGE_PIECE_BYTES = 16 << 10;

  private final List<Bytes> full = new ArrayList<>();
  private byte[] chunk = new byte[0];
  private int filled;
  private int length;

  void add(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (bytes > chunk.length - filled && isKeptAsItIs(piece)) {
      closeChunk();
      full.add(Bytes.of(piece.array(), piece.arrayOffset() + piece.readerIndex(), bytes));
    } else {
      copy(piece, bytes);
    }
    length += bytes;
  }

  private static boolean isKeptAsItIs(ByteBuf piece) {
    int bytes = piece.readableBytes();
    return bytes >= LARGE_PIECE_BYTES && piece.hasArray() && piece.array().length <= 2 * bytes;
  }

  private void copy(ByteBuf piece, int bytes) {
    int from = piece.readerIndex();
    int end = from + bytes;
    while (from < end) {
      if (filled == chunk.length) {
        closeChunk();
        chunk = new byte[Math.clamp(length, SMALLEST_CHUNK_BYTES, LARGEST_CHUNK_BYTES)];
      }
      int part = Math.min(end - from, chunk.length - filled);
      piece.getBytes(from, chunk, filled, part);
      filled += part;
      from += part;
    }
  }

  private void closeChunk() {
    if (filled > 0) {
      full.add(Bytes.of(chunk, 0, filled));
    }
    chunk = new byte[0];
    filled = 0;
  }

  /// All of it in one array.
  Bytes joined() {
    closeChunk();
    if (full.size() == 1) {
      return full.getFirst();
    }
    byte[] all = new byte[length];
    int at = 0;
    for (Bytes part : full) {
      System.arraycopy(part.array(), part.offset(), all, at, part.length());
      at += part.length();
    }
    return Bytes.of(all);
  }
}
