package dev.chasqui.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How the projection is, for readiness and metrics.
///
/// @param started whether it knows where to go on; false while the store cannot be read at start
/// @param cursor the journal position up to which all is projected
/// @param lag how far it is behind
/// @param unapplied items that wait for the ledger
/// @param trouble what stops it now, empty if nothing does
/// @param counts since the process started
public record ProjectionHealth(
    boolean started,
    long cursor,
    Lag lag,
    int unapplied,
    Optional<Trouble> trouble,
    Counts counts) {

  /// How far it is behind.
  ///
  /// @param positions from the cursor to the journal's tail; bytes in the file journal
  /// @param time the age of the oldest fact under way, zero if none is
  public record Lag(long positions, Duration time) {}

  /// The fault that stops it.
  ///
  /// @param reason one line, without personal data
  public record Trouble(String reason, Instant since) {}

  /// The counts since the start.
  ///
  /// @param facts projected facts
  /// @param failures facts that became failed jobs
  public record Counts(long facts, long failures) {}

  /// True if it has started and neither loop fails.
  public boolean isWell() {
    return started && trouble.isEmpty();
  }
}
