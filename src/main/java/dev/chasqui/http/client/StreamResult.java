package dev.chasqui.http.client;

import dev.chasqui.model.SendResult.Failure;

/// The result of a [StreamCall]: an answer whose body streams, or a failure.
public sealed interface StreamResult {

  /// The receiver answers; its body is still to be read. Must be closed.
  record Answered(StreamAnswer answer) implements StreamResult {}

  /// There is no answer.
  ///
  /// @param detail one line for the operator, without URL, secret or personal data
  record Failed(Failure failure, String detail) implements StreamResult {}
}
