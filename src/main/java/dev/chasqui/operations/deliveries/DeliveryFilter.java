package dev.chasqui.operations.deliveries;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.store.DeliveryViews;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which deliveries are listed; null stands for any.
public record DeliveryFilter(
    @Nullable EventId eventId,
    @Nullable EndpointId endpointId,
    @Nullable DeliveryState state,
    @Length(DeliveryFilter.MAX_REASON) @Doc("Why it is dead, or which rule kept it out.")
        @Nullable String reason,
    @Doc("The lane that its endpoint is in now.") @Nullable Lane lane,
    @Doc("Of events received at this time or later.") @Nullable Instant since,
    @Doc("Of events received before this time.") @Nullable Instant until) {

  static final int MAX_REASON = 2_000;

  /// As the store takes it; a delivery has no lane of its own, so the store knows none.
  DeliveryViews.Filter stored() {
    return new DeliveryViews.Filter(eventId, endpointId, state, reason, since, until);
  }
}
