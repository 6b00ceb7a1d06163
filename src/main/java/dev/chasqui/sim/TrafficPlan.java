package dev.chasqui.sim;

/// How much the platform says, and how badly it behaves. Shares are from 0 to 1, of the requests
/// unless something else is named.
///
/// @param items messages, statuses and changes in all
/// @param batchSize items in one request at most; the platform's own limit is 1,000
/// @param duplicates share that is sent again, with the same bytes
/// @param reordered share that changes places with its successor
/// @param forged further requests, as a share, that are signed with a wrong key
/// @param unknown share of items of a field, type or status that nobody knows
/// @param hidden share of items whose user is known by BSUID alone
public record TrafficPlan(
    int items,
    int batchSize,
    double duplicates,
    double reordered,
    double forged,
    double unknown,
    double hidden) {

  /// The most items that the platform puts in one request.
  public static final int MAX_BATCH = 1_000;

  /// @throws IllegalArgumentException if a number is out of its range
  public TrafficPlan {
    if (items < 1) {
      throw new IllegalArgumentException("items must be 1 or more");
    }
    if (batchSize < 1 || batchSize > MAX_BATCH) {
      throw new IllegalArgumentException("batch size must be from 1 to " + MAX_BATCH);
    }
    requireShare("duplicates", duplicates);
    requireShare("reordered", reordered);
    requireShare("forged", forged);
    requireShare("unknown", unknown);
    requireShare("hidden", hidden);
  }

  /// That many items, one in each request, and none of the mischief.
  public static TrafficPlan plain(int items) {
    return new TrafficPlan(items, 1, 0, 0, 0, 0, 0);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(name + " must be from 0 to 1");
    }
  }
}
