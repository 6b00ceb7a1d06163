package dev.chasqui.store;

import org.jspecify.annotations.Nullable;

/// Which page of a list.
///
/// @param limit 1 to 200
/// @param cursor of an earlier page, null for the first
public record PageRequest(int limit, @Nullable String cursor) {

  /// The most a page holds.
  public static final int MAX = 200;

  public PageRequest {
    if (limit < 1 || limit > MAX) {
      throw new IllegalArgumentException("limit must be from 1 to " + MAX);
    }
  }

  /// The first page, of the usual size.
  public static PageRequest first() {
    return new PageRequest(50, null);
  }
}
