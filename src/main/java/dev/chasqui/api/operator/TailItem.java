package dev.chasqui.api.operator;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a tail tells.
public sealed interface TailItem {

  /// How many notifications it holds in memory.
  int notifications();

  /// An event is in the store now.
  record Event(EventRow row) implements TailItem {
    @Override
    public int notifications() {
      return row.items().size();
    }
  }

  /// A delivery's state has changed.
  ///
  /// @param attempt what changed it, null if nothing was sent
  /// @param nextAttemptAt null if none is due
  /// @param deadReason null unless it is dead
  record Delivery(
      DeliveryId id,
      EventId event,
      Endpoint endpoint,
      DeliveryState state,
      @Nullable Attempt attempt,
      @Nullable Instant nextAttemptAt,
      @Nullable String deadReason)
      implements TailItem {
    @Override
    public int notifications() {
      return 0;
    }
  }
}
