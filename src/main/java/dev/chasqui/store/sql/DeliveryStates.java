package dev.chasqui.store.sql;

import dev.chasqui.model.DeliveryState;

/// The numbers of delivery states in the store. Their order is what the partial indexes use: up to
/// 1 waiting, up to 2 open, from 3 on terminal.
final class DeliveryStates {

  static final int PENDING = 0;
  static final int RETRYING = 1;
  static final int LEASED = 2;
  static final int DELIVERED = 3;
  static final int DEAD = 4;
  static final int CANCELLED = 5;
  static final int FILTERED = 6;

  private DeliveryStates() {}

  static int code(DeliveryState state) {
    return switch (state) {
      case PENDING -> PENDING;
      case RETRYING -> RETRYING;
      case LEASED -> LEASED;
      case DELIVERED -> DELIVERED;
      case DEAD -> DEAD;
      case CANCELLED -> CANCELLED;
      case FILTERED -> FILTERED;
    };
  }

  static DeliveryState of(int code) {
    return switch (code) {
      case PENDING -> DeliveryState.PENDING;
      case RETRYING -> DeliveryState.RETRYING;
      case LEASED -> DeliveryState.LEASED;
      case DELIVERED -> DeliveryState.DELIVERED;
      case DEAD -> DeliveryState.DEAD;
      case CANCELLED -> DeliveryState.CANCELLED;
      case FILTERED -> DeliveryState.FILTERED;
      default -> throw new IllegalStateException("unknown delivery state " + code);
    };
  }
}
