package dev.chasqui.http.server;

import org.jspecify.annotations.Nullable;

/// Handles requests on the event loop. For the paths whose speed matters.
@FunctionalInterface
public interface LoopHandler {

  /// Takes a request and sees to it that exactly one answer is sent, now or later, from any thread.
  /// Must not block: all other connections of the loop wait meanwhile. What it throws is answered
  /// as an error.
  void handle(Request request, Reply reply);

  /// Bodies up to this length are read without asking [#refusal]: to read one costs less than a new
  /// connection.
  int SMALL_BODY_BYTES = 64 << 10;

  /// Looks at the head of a request whose body is not small or does not tell its length, before any
  /// of the body is read. Must not block.
  ///
  /// @param head with an empty body
  /// @param announced the body's length, negative if the head does not tell it
  /// @return what is answered instead of reading the body, after which the connection is closed;
  ///   null to read it
  default @Nullable Response refusal(Request head, long announced) {
    return null;
  }
}
