package dev.chasqui.http.server;

/// Handles requests on the event loop. For the paths whose speed matters.
@FunctionalInterface
public interface LoopHandler {

  /// Takes a request and sees to it that exactly one answer is sent, now or later, from any thread.
  /// Must not block: all other connections of the loop wait meanwhile. What it throws is answered
  /// as an error.
  void handle(Request request, Reply reply);
}
