package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Source;
import org.jspecify.annotations.Nullable;

/// A delivery that the projection has just committed under a lease from [Dispatcher#reserve], with
/// what it is made from, so that the quick path reads nothing.
///
/// @param selection which items of the event, as `e.c.i` with commas; null stands for all
public record Handed(
    DeliveryId id,
    Source source,
    EndpointId endpoint,
    @Nullable String selection,
    Lease lease,
    Payload payload) {

  Work toWork() {
    return new Work(new Claimed(id, source, endpoint, selection, 0, false, lease), payload);
  }
}
