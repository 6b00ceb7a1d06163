package dev.chasqui.http.client;

import dev.chasqui.http.BrokenStreamException;
import dev.chasqui.http.BrokenStreamException.Fault;
import dev.chasqui.http.Pieces;
import dev.chasqui.model.Bytes;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/// An answer whose body is read piece by piece. For one thread; closing it before its end ends the
/// connection.
public final class StreamAnswer implements Pieces, AutoCloseable {

  private final StreamAttempt attempt;
  private final Runnable release;
  private boolean isClosed;

  StreamAnswer(StreamAttempt attempt, Runnable release) {
    this.attempt = attempt;
    this.release = release;
  }

  public int status() {
    return attempt.answered().statusCode();
  }

  /// The first value of a header, null if there is none.
  public @Nullable String header(String name) {
    return attempt.answered().getHeader(name);
  }

  @Override
  public @Nullable Bytes next() throws InterruptedException {
    return attempt.next();
  }

  /// All that is left of a body that is not large.
  ///
  /// @throws BrokenStreamException if it is larger than so many bytes, or breaks off
  public Bytes rest(int maxBytes) throws InterruptedException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Bytes piece = next();
    while (piece != null) {
      if (whole.size() + piece.length() > maxBytes) {
        throw new BrokenStreamException(Fault.TOO_LARGE);
      }
      whole.write(piece.array(), piece.offset(), piece.length());
      piece = next();
    }
    return Bytes.of(whole.toByteArray());
  }

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      attempt.close();
      release.run();
    }
  }
}
