package dev.chasqui.journal;

import java.util.Optional;

/// The state of a journal at one moment.
///
/// @param condition whether appends are taken
/// @param trouble one line for the operator, empty if all is well
/// @param bytesUsed bytes on disk, prepared segments included
/// @param bytesCap the most bytes it may use on disk
/// @param bytesWaiting bytes of appends not yet durable
/// @param bytesFree bytes free on the disk beyond the reserve, negative if the reserve is touched
public record JournalState(
    Condition condition,
    Optional<String> trouble,
    long bytesUsed,
    long bytesCap,
    long bytesWaiting,
    long bytesFree) {

  public enum Condition {
    WRITABLE,
    FULL,
    POISONED,
    CLOSED
  }

  /// Appends are accepted in `WRITABLE` only. `FULL` ends when there is room; `POISONED` and
  /// `CLOSED` last until a restart.
  public boolean isWritable() {
    return condition == Condition.WRITABLE;
  }
}
