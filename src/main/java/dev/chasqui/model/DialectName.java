package dev.chasqui.model;

/// The wire languages.
public enum DialectName {
  META("meta"),
  TURN("turn"),
  EXOTEL("exotel"),
  STANDARD("standard");

  private final String wire;

  DialectName(String wire) {
    this.wire = wire;
  }

  /// The word in the API and in the store.
  public String wire() {
    return wire;
  }

  /// @throws IllegalArgumentException if there is no such dialect
  public static DialectName ofWire(String wire) {
    for (DialectName name : values()) {
      if (name.wire.equals(wire)) {
        return name;
      }
    }
    throw new IllegalArgumentException("no such dialect: " + wire);
  }
}
