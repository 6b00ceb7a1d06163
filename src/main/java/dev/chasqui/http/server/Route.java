package dev.chasqui.http.server;

/// One route.
///
/// @param label method and pattern: what counters call it
record Route(String method, RoutePattern pattern, int maxBodyBytes, Target target, String label) {

  Route(String method, RoutePattern pattern, int maxBodyBytes, Target target) {
    this(method, pattern, maxBodyBytes, target, method + " " + pattern.readable());
  }

  /// What handles it.
  sealed interface Target {}

  /// On the event loop.
  record OnLoop(LoopHandler handler) implements Target {}

  /// On a virtual thread.
  record Blocking(BlockingHandler handler) implements Target {}

  /// On a virtual thread, piece by piece.
  record Streaming(StreamHandler handler, StreamLimits limits) implements Target {}
}
