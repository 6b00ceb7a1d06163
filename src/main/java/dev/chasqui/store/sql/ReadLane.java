package dev.chasqui.store.sql;

/// What a read is for. Each lane has threads of its own, so that a slow read delays only its own
/// lane.
enum ReadLane {
  /// The projection's look-ups of keys; one thread, nothing else uses it.
  PROJECTION,
  /// Short, indexed reads that deliveries, sends and the housekeeping wait for.
  WORK,
  /// What people and clients look at: lists, details, counts. May take long.
  VIEWS
}
