package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.DeadPayload;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A delivery's row.
final class MemoryRow {
  final Owed owed;
  DeliveryState state = DeliveryState.PENDING;
  Instant dueAt;
  int attempts;
  int probes;
  boolean replay;
  @Nullable Instant failedAt;
  @Nullable Lease lease;
  @Nullable String deadReason;
  @Nullable DeadPayload payload;
  boolean isUnkept;
  final List<Attempt> history = new ArrayList<>();

  MemoryRow(Owed owed) {
    this.owed = owed;
    this.dueAt = owed.dueAt();
    lease(owed.lease());
  }

  void lease(@Nullable Lease taken) {
    lease = taken;
    state = taken == null ? DeliveryState.PENDING : DeliveryState.LEASED;
  }

  void settle(Settlement settlement) {
    switch (settlement) {
      case Settlement.Delivered delivered -> {
        state = DeliveryState.DELIVERED;
        tried(delivered.attempt());
      }
      case Settlement.Retry retry -> {
        state = DeliveryState.RETRYING;
        dueAt = retry.nextAt();
        probes += retry.isProbe() ? 1 : 0;
        failedAt = retry.attempt().at();
        tried(retry.attempt());
      }
      case Settlement.Dead dead -> {
        state = DeliveryState.DEAD;
        deadReason = dead.reason();
        payload = dead.payload();
        isUnkept = dead.payload() == null;
        tried(dead.attempt());
      }
      case Settlement.Moved _ ->
          throw new UnsupportedOperationException("only the real store moves deliveries");
      case Settlement.Returned returned -> {
        state = attempts == 0 ? DeliveryState.PENDING : DeliveryState.RETRYING;
        dueAt = returned.dueAt();
      }
    }
  }

  private void tried(@Nullable Attempt attempt) {
    if (attempt != null) {
      attempts++;
      history.add(attempt);
    }
  }
}
