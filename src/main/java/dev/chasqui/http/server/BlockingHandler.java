package dev.chasqui.http.server;

/// Handles requests on virtual threads, a bounded number at a time.
@FunctionalInterface
public interface BlockingHandler {

  /// Answers a request. What it throws is answered by the [ErrorTable].
  Response handle(Request request) throws Exception;
}
