package dev.chasqui.store;

import java.time.Instant;

/// Deletes rows that are past their retention, in steps so small that they hold up no other write.
public interface Housekeeping {

  /// One step: deletes up to a few thousand rows.
  ///
  /// @return whether there may be more to delete
  boolean step(Retention retention, Instant now);

  /// The bounds of what to keep.
  ///
  /// @param eventsFrom events and settled deliveries before this go; what is owed stays
  /// @param keysFrom dedup keys before this go
  /// @param deadFrom dead letters before this go
  /// @param alertsFrom resolved alerts before this go
  /// @param rejectsFrom rejected events before this go
  /// @param submissionsFrom submissions before this go, unless nobody knows what became of them:
  ///   those go with the events
  /// @param rejectsMax how many rejected events are kept at most, the newest
  record Retention(
      Instant eventsFrom,
      Instant keysFrom,
      Instant deadFrom,
      Instant alertsFrom,
      Instant rejectsFrom,
      Instant submissionsFrom,
      int rejectsMax) {}
}
