package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamReply;
import java.util.List;

/// One operation of the interface: where it is, what it is for, who answers it. Routes and the
/// OpenAPI document are made from the same list, so that neither can have what the other lacks.
///
/// @param pattern the path with `{names}`
/// @param query the names of its query parameters, beside `workspace`
record Operation(String method, String pattern, String summary, List<String> query, Way way) {

  Operation {
    query = List.copyOf(query);
  }

  static Operation of(String method, String pattern, String summary, Handler handler) {
    return new Operation(method, pattern, summary, List.of(), new Way.Whole(handler));
  }

  /// One whose answer goes piece by piece.
  static Operation streamed(
      String method, String pattern, String summary, StreamedHandler handler) {
    return new Operation(method, pattern, summary, List.of(), new Way.Streamed(handler));
  }

  /// The same with query parameters.
  Operation with(String... names) {
    return new Operation(method, pattern, summary, List.of(names), way);
  }

  /// Whether nothing is changed by it.
  boolean isRead() {
    return method.equals("GET");
  }

  /// Whether it takes a body.
  boolean hasBody() {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /// How it is answered.
  sealed interface Way {

    /// With one document.
    record Whole(Handler handler) implements Way {}

    /// With a stream of server-sent events.
    record Streamed(StreamedHandler handler) implements Way {}
  }

  /// Answers a call piece by piece; blocks.
  @FunctionalInterface
  interface StreamedHandler {
    void handle(Call call, StreamReply reply) throws InterruptedException;
  }

  /// Answers a call; blocks.
  @FunctionalInterface
  interface Handler {
    Response handle(Call call) throws InterruptedException;
  }
}
