package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import org.jspecify.annotations.Nullable;

/// The port to the journal. Blocking; called on virtual threads. An unchecked exception says that
/// the disk cannot be read now; the delivery is then tried again later.
public interface Facts {

  /// What the fact at a position holds, null if retention has deleted it or its bytes are damaged.
  @Nullable Payload load(long position);

  /// The whole fact at a position in the journal's own coding, for a dead letter to keep; null if
  /// it is no longer there.
  @Nullable Bytes encoded(long position);

  /// What a fact that a dead letter kept holds.
  ///
  /// @throws IllegalArgumentException if these bytes are no fact
  Payload decode(Bytes encoded);
}
