package dev.chasqui.sim.graph;

/// A request that is answered with an error.
final class GraphRefusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient GraphError error;

  GraphRefusal(GraphError error) {
    super(error.title());
    this.error = error;
  }

  /// The error of a code, with what is wrong in this case.
  static GraphRefusal of(int code, String details) {
    return new GraphRefusal(GraphError.of(code).because(details));
  }

  GraphError error() {
    return error;
  }
}
