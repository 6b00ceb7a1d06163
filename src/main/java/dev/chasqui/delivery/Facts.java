package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.ProjectionStore.Source;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The port to the journal. Blocking; called on virtual threads. An unchecked exception says that
/// the disk cannot be read now; the delivery is then tried again later.
///
/// A position alone does not say whose journal it is of. So each call names the event as well, and
/// a fact of another event at that position counts as gone: its bytes are never delivered.
public interface Facts {

  /// What an event's fact holds, null if retention has deleted it, its bytes are damaged, or
  /// another event's fact stands there.
  @Nullable Payload load(Source source);

  /// What the facts of many events hold, read together; what is gone, or more than is kept in
  /// memory at once, is left out and asked for singly.
  Map<Source, Payload> loadAll(Collection<Source> sources);

  /// The facts of many events as dead letters keep them, read together; what is gone is left out.
  Map<Source, DeadPayload> encodedAll(Collection<Source> sources);

  /// An event's whole fact in the journal's own coding, for a dead letter to keep; null if it is no
  /// longer there.
  @Nullable Bytes encoded(Source source);

  /// Reads the fact that a dead letter kept.
  ///
  /// @throws IllegalArgumentException if these bytes are no fact
  Payload decode(Bytes encoded);
}
