package dev.chasqui.model;

/// The three queues in which deliveries wait, by the receiver's measured response time.
public enum Lane {
  HIGH("high"),
  DEFAULT("default"),
  LOW("low");

  private final String wire;

  Lane(String wire) {
    this.wire = wire;
  }

  /// The word in the API.
  public String wire() {
    return wire;
  }
}
