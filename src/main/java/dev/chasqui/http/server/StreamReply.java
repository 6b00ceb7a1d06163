package dev.chasqui.http.server;

/// Where the answer of a [StreamHandler] goes. One of its methods is called, once, by the handler's
/// thread. A caller of whose body something is unread gets the answer, and then the connection is
/// closed.
public interface StreamReply {

  /// Answers whole.
  ///
  /// @throws IllegalStateException if the request was answered before
  void send(Response response);

  /// Begins an answer that is written in parts.
  ///
  /// @param head status and headers, without a body. With a `Content-Length` just so many bytes
  ///   must follow; without one the answer is chunked
  /// @throws IllegalStateException if the request was answered before
  BodySink begin(Response head);
}
