package dev.chasqui.sim.graph;

import java.util.Optional;

/// One status that the platform tells of a message it has taken.
///
/// @param status the word in `status`, for example `delivered`
/// @param error why it failed
public record GraphReport(String status, Optional<GraphError> error) {

  public static final GraphReport SENT = new GraphReport("sent", Optional.empty());
  public static final GraphReport DELIVERED = new GraphReport("delivered", Optional.empty());
  public static final GraphReport READ = new GraphReport("read", Optional.empty());

  /// A status without an error.
  public static GraphReport of(String status) {
    return new GraphReport(status, Optional.empty());
  }

  /// It could not be delivered.
  ///
  /// @param code one that [GraphError#of(int)] knows
  public static GraphReport failed(int code) {
    return new GraphReport("failed", Optional.of(GraphError.of(code)));
  }
}
