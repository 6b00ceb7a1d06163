package dev.chasqui.operations.series;

/// A label of numbers over time.
public enum By {
  TOPIC("topic"),
  SOURCE("source"),
  ENDPOINT_ID("endpointId"),
  PHONE_NUMBER_ID("phoneNumberId"),
  REASON("reason"),
  RESULT("result");

  private final String wire;

  By(String wire) {
    this.wire = wire;
  }

  /// The word in the API.
  public String wire() {
    return wire;
  }
}
