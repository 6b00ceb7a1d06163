package dev.chasqui.api.exotel;

/// Ends a call with Exotel's answer of what is wrong. Everything in it is read by the caller.
final class ExotelException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final Fault fault;

  /// @param description what is wrong this time
  ExotelException(Fault fault, String description) {
    super(description, null, false, false);
    this.fault = fault;
  }

  Fault fault() {
    return fault;
  }

  String description() {
    return String.valueOf(getMessage());
  }
}
