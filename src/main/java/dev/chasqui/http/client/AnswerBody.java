package dev.chasqui.http.client;

import dev.chasqui.model.Bytes;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;

/// Counts an answer's body and keeps its beginning.
final class AnswerBody {

  /// The most bytes that are read. The status decides the outcome of a delivery; the body is for
  /// operators to read.
  private static final int MAX_READ_BYTES = 16 << 10;

  private final int keepBytes;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream(64);
  private int read;

  AnswerBody(int keepBytes) {
    this.keepBytes = keepBytes;
  }

  /// @return false if no more should be read
  boolean add(Buffer piece) {
    int wanted = Math.min(piece.length(), keepBytes - kept.size());
    if (wanted > 0) {
      kept.write(piece.getBytes(0, wanted), 0, wanted);
    }
    read += piece.length();
    return read <= MAX_READ_BYTES;
  }

  Bytes kept() {
    return kept.size() == 0 ? Bytes.EMPTY : Bytes.of(kept.toByteArray());
  }
}
