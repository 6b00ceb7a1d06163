package dev.chasqui.api.turn;

import java.util.Locale;

/// The groups of calls that are counted together, per phone number (Turn's names).
public enum RateBucket {
  /// All that is in no other bucket.
  GENERAL,
  /// `POST /v1/messages`, whatever the message's type.
  TEXT,
  /// `/v1/media`.
  MEDIA;

  String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
