package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/// Gathers a request's body from what the parser gives. A body that comes in one piece, as nearly
/// all do, is not copied again.
final class Body {

  private final int max;
  private final BytesInFlight inFlight;
  private final List<ByteBuf> pieces = new ArrayList<>(1);
  private int length;
  private int taken;
  private boolean dropping;

  Body(int max, BytesInFlight inFlight) {
    this.max = max;
    this.inFlight = inFlight;
  }

  /// @return false if the body is over its limit now
  boolean add(ByteBuf piece) {
    int bytes = piece.readableBytes();
    if (bytes > max - length) {
      drop();
      return false;
    }
    length += bytes;
    if (!dropping && inFlight.take(bytes)) {
      taken += bytes;
      pieces.add(piece);
      return true;
    }
    drop();
    return true;
  }

  /// From here on bytes are only counted, because nobody wants them or there is no room.
  void drop() {
    dropping = true;
    pieces.clear();
    release();
  }

  boolean isDropped() {
    return dropping;
  }

  /// The body is not in flight any more.
  void release() {
    if (taken > 0) {
      inFlight.give(taken);
      taken = 0;
    }
  }

  Bytes bytes() {
    if (pieces.isEmpty()) {
      return Bytes.EMPTY;
    }
    if (pieces.size() == 1 && pieces.getFirst().hasArray()) {
      ByteBuf piece = pieces.getFirst();
      return Bytes.of(piece.array(), piece.arrayOffset() + piece.readerIndex(), length);
    }
    return joined();
  }

  private Bytes joined() {
    byte[] whole = new byte[length];
    int at = 0;
    for (ByteBuf piece : pieces) {
      int bytes = piece.readableBytes();
      piece.getBytes(piece.readerIndex(), whole, at, bytes);
      at += bytes;
    }
    pieces.clear();
    return Bytes.of(whole);
  }
}
