package dev.chasqui.messaging;

import java.net.URI;
import java.time.Duration;

/// How messages are sent.
///
/// @param upstream the Graph API's base, without a version
/// @param version the Graph API's version where a client names none, as `v24.0`
/// @param deadline for one call of upstream, all of it
/// @param keys what is remembered of idempotency keys
/// @param userAgent how calls introduce themselves
public record MessagingSettings(
    URI upstream, String version, Duration deadline, Keys keys, String userAgent) {

  /// The bounds of remembered idempotency keys.
  ///
  /// @param age how long a key stands for its first request
  /// @param inMemory how many are held in memory
  public record Keys(Duration age, int inMemory) {}

  /// The base without a slash at its end.
  String base() {
    String text = upstream.toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }
}
