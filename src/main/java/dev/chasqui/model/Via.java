package dev.chasqui.model;

import java.util.Locale;

/// The way a message takes to its contact.
public enum Via {
  WHATSAPP,
  FALLBACK;

  /// The word in the API and on disk.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @throws IllegalArgumentException if there is no such way
  public static Via ofWire(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
