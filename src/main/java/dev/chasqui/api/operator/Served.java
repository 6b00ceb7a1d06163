package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Query;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.StreamReply;
import dev.chasqui.operations.Access;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One operation of the interface: where it is, what it is for, who answers it. Routes and the
/// OpenAPI document are made from the same list, so that neither can have what the other lacks.
///
/// @param pattern the path with `{names}`
/// @param query the names of its query parameters, beside `workspace`
/// @param bound the operation behind it, null for the few that are not one
record Served(
    String method,
    String pattern,
    String summary,
    List<String> query,
    Way way,
    Access access,
    @Nullable Bound bound) {

  private static final String WORKSPACE = "workspace";

  Served {
    query = List.copyOf(query);
  }

  static Served of(String method, String pattern, String summary, Handler handler) {
    return new Served(
        method, pattern, summary, List.of(), new Way.Whole(handler), access(method), null);
  }

  /// One whose answer goes piece by piece.
  static Served streamed(String method, String pattern, String summary, StreamedHandler handler) {
    return new Served(
        method, pattern, summary, List.of(), new Way.Streamed(handler), access(method), null);
  }

  /// One that is an operation.
  static Served of(Bound bound) {
    OperationRoute route = bound.route();
    return new Served(
        route.method(),
        route.pattern(),
        bound.operation().summary(),
        bound.queryNames(),
        new Way.Whole(bound::answer),
        bound.operation().access(),
        bound);
  }

  private static Access access(String method) {
    return method.equals("GET") ? Access.READ : Access.CHANGE;
  }

  /// The same with query parameters.
  Served with(String... names) {
    return new Served(method, pattern, summary, List.of(names), way, access, bound);
  }

  /// The same, for those alone who may read what people wrote.
  Served ofContent() {
    return new Served(method, pattern, summary, query, way, Access.READ_CONTENT, bound);
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
    return access != Access.CHANGE;
  }

  /// Whether it tells what people wrote, which is not for viewers.
  boolean isContent() {
    return access == Access.READ_CONTENT;
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
    void handle(OperatorCall call, StreamReply reply) throws InterruptedException;
  }

  /// Answers a call; blocks.
  @FunctionalInterface
  interface Handler {
    Response handle(OperatorCall call) throws InterruptedException;
  }
}
