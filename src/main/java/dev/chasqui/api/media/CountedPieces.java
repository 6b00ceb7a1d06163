package dev.chasqui.api.media;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Pieces;
import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// A body that breaks when it passes a limit, also where its length was not told before.
final class CountedPieces implements Pieces {

  private final Pieces pieces;
  private final long maxBytes;
  private long read;

  CountedPieces(Pieces pieces, long maxBytes) {
    this.pieces = pieces;
    this.maxBytes = maxBytes;
  }

  @Override
  public @Nullable Bytes next() throws InterruptedException {
    Bytes piece = pieces.next();
    read += piece == null ? 0 : piece.length();
    if (read > maxBytes) {
      throw new BrokenStreamException(Fault.TOO_LARGE);
    }
    return piece;
  }
}
