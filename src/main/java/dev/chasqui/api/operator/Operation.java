package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamReply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One operation of the interface: where it is, what it is for, who answers it. Routes and the
/// OpenAPI document are made from the same list, so that neither can have what the other lacks.
///
/// @param pattern the path with `{names}`
/// @param query the names of its query parameters, beside `workspace`
/// @param isContent whether it tells what people wrote, which is not for viewers
record Operation(
    String method, String pattern, String summary, List<String> query, Way way, boolean isContent) {

  private static final String WORKSPACE = "workspace";

  Operation {
    query = List.copyOf(query);
  }

  static Operation of(String method, String pattern, String summary, Handler handler) {
    return new Operation(method, pattern, summary, List.of(), new Way.Whole(handler), false);
  }

  /// One whose answer goes piece by piece.
  static Operation streamed(
      String method, String pattern, String summary, StreamedHandler handler) {
    return new Operation(method, pattern, summary, List.of(), new Way.Streamed(handler), false);
  }

  /// The same with query parameters.
  Operation with(String... names) {
    return new Operation(method, pattern, summary, List.of(names), way, isContent);
  }

  /// The same, for those alone who may read what people wrote.
  Operation ofContent() {
    return new Operation(method, pattern, summary, query, way, true);
  }

  /// Refuses what the query has and nobody reads: a misspelt filter would filter nothing.
  ///
  /// @throws ProblemException 400 that names each, and what is known
  void refuseUnknown(Query asked) {
    Set<String> seen = new HashSet<>();
    List<ProblemException.Item> faults = new ArrayList<>();
    for (String name : asked.names()) {
      if (!name.equals(WORKSPACE) && !query.contains(name)) {
        faults.add(new ProblemException.Item(name, "is not known; " + known()));
      } else if (!seen.add(name)) {
        faults.add(new ProblemException.Item(name, "is given twice"));
      }
    }
    if (!faults.isEmpty()) {
      throw new ProblemException(400, "Bad query", "the query has a fault", faults);
    }
  }

  private String known() {
    List<String> known = new ArrayList<>(query);
    known.add(WORKSPACE);
    return "known are " + String.join(", ", known);
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
