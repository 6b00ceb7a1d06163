package dev.chasqui.journal;

import java.util.Optional;

/// How a journal is.
///
/// @param condition whether appends are taken
/// @param trouble one line for the operator, empty if all is well
/// @param bytesUsed bytes on disk, prepared segments included
/// @param bytesCap the most it may use
/// @param bytesWaiting bytes of appends not yet durable
/// @param bytesFree what is free on the disk beyond the reserve, negative if the reserve is touched
public record JournalState(
    Condition condition,
    Optional<String> trouble,
    long bytesUsed,
    long bytesCap,
    long bytesWaiting,
    long bytesFree) {

  /// Whether appends are taken.
  public enum Condition {
    WRITABLE,
    FULL,
    POISONED,
    CLOSED
  }

  /// Whether appends are taken.
  public boolean isWritable() {
    return condition == Condition.WRITABLE;
  }
}
