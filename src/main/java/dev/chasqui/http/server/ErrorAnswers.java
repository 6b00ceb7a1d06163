package dev.chasqui.http.server;

import java.util.List;
import java.util.Optional;

/// Tells errors in the shape of the path on which they happen.
final class ErrorAnswers {

  private volatile List<ErrorShape> shapes;

  ErrorAnswers(List<ErrorShape> shapes) {
    this.shapes = shapes;
  }

  /// Tells errors in other shapes from now on.
  void shapeAs(List<ErrorShape> others) {
    shapes = others;
  }

  /// The answer to an error.
  Response of(String path, ProblemException problem) {
    return shaped(path, problem).orElseGet(() -> Response.problem(problem));
  }

  /// The answer in the path's own shape, empty if it has none.
  Optional<Response> shaped(String path, ProblemException problem) {
    for (ErrorShape shape : shapes) {
      if (shape.covers(path)) {
        return Optional.of(shape.of(problem));
      }
    }
    return Optional.empty();
  }
}
