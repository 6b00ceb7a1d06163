package dev.chasqui.http;

import dev.chasqui.model.Bytes;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A body that comes piece by piece, so that it is never in memory whole. For one reader.
@FunctionalInterface
public interface Pieces {

  /// Waits for the next piece.
  ///
  /// @return null at the end
  /// @throws BrokenStreamException if the end does not come
  @Nullable Bytes next() throws InterruptedException;

  /// A body of one piece.
  static Pieces of(Bytes whole) {
    AtomicReference<@Nullable Bytes> left = new AtomicReference<>(whole);
    return () -> left.getAndSet(null);
  }
}
