package dev.chasqui.sim.graph;

import java.util.Optional;

/// One status that the platform tells of a message it has taken.
///
/// @param status the word in `status`, for example `delivered`
/// @param error why it failed
public record Report(String status, Optional<GraphError> error) {

  public static final Report SENT = new Report("sent", Optional.empty());
  public static final Report DELIVERED = new Report("delivered", Optional.empty());
  public static final Report READ = new Report("read", Optional.empty());

  /// A status without an error.
  public static Report of(String status) {
    return new Report(status, Optional.empty());
  }

  /// It could not be delivered.
  ///
  /// @param code one that [GraphError#of(int)] knows
  public static Report failed(int code) {
    return new Report("failed", Optional.of(GraphError.of(code)));
  }
}
