package dev.chasqui.http.server;

/// Where the answer to one request goes.
public interface Reply {

  /// Answers. Returns at once, from any thread; answers from outside the event loop are handed over
  /// in batches. If the caller has gone away meanwhile, nothing happens.
  ///
  /// @throws IllegalStateException if the request was answered before
  void send(Response response);
}
