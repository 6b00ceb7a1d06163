package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.Lease;
import org.jspecify.annotations.Nullable;

/// A delivery that this node holds.
///
/// @param row as the store has it
/// @param payload null if it is to be read from the journal
record Work(DeliveryStore.Claimed row, @Nullable Payload payload) {

  DeliveryId id() {
    return row.id();
  }

  EndpointId endpoint() {
    return row.endpoint();
  }

  Lease lease() {
    return row.lease();
  }

  /// How much of the memory for bodies it takes.
  long bodyBytes() {
    return payload == null ? 0 : payload.body().length();
  }

  /// The same without its body.
  Work withoutPayload() {
    return new Work(row, null);
  }

  /// Work that is under way.
  ///
  /// @param lane whose budget it takes from, whatever lane the endpoint is in when it ends
  record Started(Work work, Lane lane) {}
}
