package dev.chasqui.sim;

/// The ways in which the platform puts many items in one request. All are seen in the wild, and a
/// reader that loops over one array too few loses items in one of them.
public enum Layout {
  /// One entry for each item; `entry` stands before `object`.
  ENTRIES,
  /// One change for each item.
  CHANGES,
  /// Neighbouring messages share a `messages[]`, neighbouring statuses a `statuses[]`.
  ARRAYS
}
