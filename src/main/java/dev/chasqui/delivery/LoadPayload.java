package dev.chasqui.delivery;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import org.jspecify.annotations.Nullable;

/// Finds what a delivery is made from: in memory, in the journal, or, if retention was faster, in
/// the dead letter that it was.
final class LoadPayload {

  private final DeliveryStore store;
  private final Facts facts;

  LoadPayload(DeliveryStore store, Facts facts) {
    this.store = store;
    this.facts = facts;
  }

  /// @return null if it is nowhere any more
  @Nullable Payload of(Work work) {
    if (work.payload() != null) {
      return work.payload();
    }
    Payload loaded = facts.load(work.row().source());
    return loaded != null ? loaded : ofDeadLetter(work);
  }

  private @Nullable Payload ofDeadLetter(Work work) {
    DeadPayload kept = store.deadPayload(work.id());
    if (kept == null || kept.fact().length() == 0) {
      return null;
    }
    Payload payload = facts.decode(kept.fact());
    return payload.event().equals(work.row().source().event()) ? payload : null;
  }

  /// What a dead letter keeps of its event; without bytes if the event is nowhere any more.
  DeadPayload toKeep(Work work) {
    Payload payload = of(work);
    if (payload == null) {
      return new DeadPayload(WorkspaceId.DEFAULT, Bytes.EMPTY);
    }
    Bytes encoded = facts.encoded(work.row().source());
    if (encoded != null) {
      return new DeadPayload(payload.workspace(), encoded);
    }
    DeadPayload kept = store.deadPayload(work.id());
    return kept != null ? kept : new DeadPayload(payload.workspace(), Bytes.EMPTY);
  }
}
