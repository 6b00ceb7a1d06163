package dev.chasqui.operations;

import dev.chasqui.operations.shape.Bounds;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Length;
import dev.chasqui.store.PageRequest;
import org.jspecify.annotations.Nullable;

/// Which page of a list is wanted.
public record Paging(
    @Bounds(min = 1, max = PageRequest.MAX) @Doc("How many items at most; 50 without it.")
        @Nullable Integer limit,
    @Length(2_000) @Doc("What the page before gave as nextCursor.") @Nullable String cursor) {

  private static final int DEFAULT_LIMIT = 50;

  /// The limit that counts.
  public int limitOrDefault() {
    return limit == null ? DEFAULT_LIMIT : limit;
  }

  /// As the store takes it.
  public PageRequest request() {
    return new PageRequest(limitOrDefault(), cursor);
  }
}
