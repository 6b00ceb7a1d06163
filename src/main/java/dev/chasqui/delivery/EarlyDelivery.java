package dev.chasqui.delivery;

import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;

/// A delivery that the projection is about to commit under a lease from [Dispatcher#reserve].
///
/// @param owed its lease is not null
/// @param payload what it is made from, so that the quick path reads nothing
public record EarlyDelivery(Owed owed, Payload payload) {

  /// @throws IllegalArgumentException if it was not reserved
  public EarlyDelivery {
    if (owed.lease() == null) {
      throw new IllegalArgumentException("what is handed over was reserved");
    }
  }

  Work toWork(EarlyBatch earlyBatch) {
    Lease lease = owed.lease();
    if (lease == null) {
      throw new IllegalStateException("no lease");
    }
    return new Work(
        new Claimed(
            owed.id(),
            owed.source(),
            owed.endpoint(),
            owed.selection(),
            Past.NONE,
            owed.place(),
            lease),
        payload,
        earlyBatch);
  }
}
