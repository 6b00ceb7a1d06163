package dev.chasqui.model;

/// The states of a delivery, as the API names them.
public enum DeliveryState {
  /// It waits to be claimed.
  PENDING("pending"),
  /// A node is at it, until its lease ends.
  LEASED("leased"),
  /// The receiver has it. Terminal.
  DELIVERED("delivered"),
  /// An attempt failed; the next is due at a set time.
  RETRYING("retrying"),
  /// The schedule is exhausted or was cut short; kept as a dead letter. Terminal until replayed.
  DEAD("dead"),
  /// An operator took it back. Terminal.
  CANCELLED("cancelled"),
  /// A rule of the endpoint kept it out. Terminal.
  FILTERED("filtered");

  private final String wire;

  DeliveryState(String wire) {
    this.wire = wire;
  }

  /// The word in the API and in the store.
  public String wire() {
    return wire;
  }

  /// Whether nothing more happens by itself.
  public boolean isTerminal() {
    return this == DELIVERED || this == DEAD || this == CANCELLED || this == FILTERED;
  }

  /// @throws IllegalArgumentException if there is no such state
  public static DeliveryState ofWire(String wire) {
    for (DeliveryState state : values()) {
      if (state.wire.equals(wire)) {
        return state;
      }
    }
    throw new IllegalArgumentException("no such delivery state: " + wire);
  }
}
