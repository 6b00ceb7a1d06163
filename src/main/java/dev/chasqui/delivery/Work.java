package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.Lease;
import org.jspecify.annotations.Nullable;

/// A delivery that this node holds.
///
/// @param row as the store has it
/// @param payload null if it is to be read from the journal
/// @param earlyBatch the batch in which the projection handed it over; null if it was claimed from
///   the store
record Work(DeliveryStore.Claimed row, @Nullable Payload payload, @Nullable EarlyBatch earlyBatch) {

  /// Whether it is live traffic, handed over by the projection.
  boolean isLive() {
    return earlyBatch != null;
  }

  DeliveryId id() {
    return row.id();
  }

  EndpointId endpoint() {
    return row.endpoint();
  }

  Lease lease() {
    return row.lease();
  }

  Priority priority() {
    return row.place().priority();
  }

  /// Its event; events are ordered by time.
  EventId event() {
    return row.source().event();
  }

  /// Whether others of its contact queue wait for it.
  boolean isInContactQueue() {
    return row.place().contactQueue() != null;
  }

  /// How much of the memory for bodies it takes.
  long bodyBytes() {
    return payload == null ? 0 : payload.body().length();
  }

  /// The same without its body.
  Work withoutPayload() {
    return with(null);
  }

  /// The same with another payload.
  Work with(@Nullable Payload other) {
    return new Work(row, other, earlyBatch);
  }

  /// Work that is under way.
  ///
  /// @param lane whose budget it takes from, whatever lane the endpoint is in when it ends
  /// @param isSample whether what it takes decides the endpoint's lane
  record Started(Work work, Lane lane, boolean isSample) {}
}
