package dev.chasqui.observe;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a loop is, for readiness and metrics.
///
/// @param since when it came into this state
/// @param reason why it waits or has ended, null while it runs; without personal data
public record LoopStatus(String name, State state, Instant since, @Nullable String reason) {

  /// The states of a loop.
  public enum State {
    /// It works, or waits for work.
    RUNNING,
    /// It failed and tries again.
    WAITING,
    /// It has ended, as it was told to.
    ENDED;

    /// As it is written in answers.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
