package dev.chasqui.http.server;

/// One route.
///
/// @param label method and pattern: what counters call it
record Route(String method, RoutePattern pattern, int maxBodyBytes, Target target, String label) {

  Route(String method, RoutePattern pattern, int maxBodyBytes, Target target) {
    this(method, pattern, maxBodyBytes, target, method + " " + pattern.readable());
  }

  sealed interface Target {}

  /// The handler runs on the event loop, so it must not block.
  record OnLoop(LoopHandler handler) implements Target {}

  /// The handler runs on a virtual thread and gets the whole body.
  record Blocking(BlockingHandler handler) implements Target {}

  /// The handler runs on a virtual thread and gets the body piece by piece.
  record Streaming(StreamHandler handler, StreamLimits limits) implements Target {}
}
