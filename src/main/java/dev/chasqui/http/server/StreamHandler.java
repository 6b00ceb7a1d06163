package dev.chasqui.http.server;

import dev.chasqui.http.Pieces;

/// Handles requests whose body, or whose answer, goes piece by piece. Runs on a virtual thread, a
/// bounded number at a time.
@FunctionalInterface
public interface StreamHandler {

  /// Answers a request, whole or in parts. What it throws before it has begun an answer is answered
  /// by the [ErrorTable]; if it throws or returns in the middle of one, the connection is closed,
  /// so that no caller takes a part for the whole.
  ///
  /// @param head the request, whose own body is empty
  /// @param body what follows it; nothing is read before it is asked for
  void handle(Request head, Pieces body, StreamReply reply) throws Exception;
}
