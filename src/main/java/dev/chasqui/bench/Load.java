package dev.chasqui.bench;

import java.time.Duration;

/// The pace of requests: closed loop, or a fixed rate.
sealed interface Load {

  Duration duration();

  /// Each connection sends its next request as soon as it has the last one's answer.
  record Closed(Duration duration) implements Load {}

  /// Requests fall due at equal distances, whatever the answers do. A request that must wait for a
  /// free connection is late from the moment it was due, so that a stall is counted against all the
  /// requests it held up.
  record Fixed(int perSecond, Duration duration) implements Load {
    public Fixed {
      if (perSecond < 1) {
        throw new IllegalArgumentException("a rate is positive");
      }
    }
  }
}
