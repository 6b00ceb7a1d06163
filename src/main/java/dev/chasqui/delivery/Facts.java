package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The port to the journal. Blocking; called on virtual threads. An unchecked exception says that
/// the disk cannot be read now; the delivery is then tried again later.
public interface Facts {

  /// What the fact at a position holds, null if retention has deleted it or its bytes are damaged.
  @Nullable Payload load(long position);

  /// What the facts at many positions hold, read together; what is gone, or more than is kept in
  /// memory at once, is left out and asked for singly.
  Map<Long, Payload> loadAll(Collection<Long> positions);

  /// The facts at many positions as dead letters keep them, read together; what is gone is left
  /// out.
  Map<Long, DeadPayload> encodedAll(Collection<Long> positions);

  /// The whole fact at a position in the journal's own coding, for a dead letter to keep; null if
  /// it is no longer there.
  @Nullable Bytes encoded(long position);

  /// What a fact that a dead letter kept holds.
  ///
  /// @throws IllegalArgumentException if these bytes are no fact
  Payload decode(Bytes encoded);
}
