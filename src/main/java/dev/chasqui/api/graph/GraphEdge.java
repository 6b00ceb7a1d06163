package dev.chasqui.api.graph;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.operations.Caller;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/// A node or an edge of the graph, and what may be done with it.
///
/// @param operations by method
record GraphEdge(Map<String, Operation> operations) {

  /// Callers who manage callbacks.
  static final Set<Caller.Kind> MANAGERS =
      Set.of(Caller.Kind.ADMIN, Caller.Kind.API, Caller.Kind.META, Caller.Kind.APP);

  /// Callers who send messages.
  static final Set<Caller.Kind> SENDERS =
      Set.of(Caller.Kind.API, Caller.Kind.JOURNEY, Caller.Kind.META);

  /// Callers who may do anything here at all.
  static final Set<Caller.Kind> EVERYBODY =
      Set.of(
          Caller.Kind.ADMIN,
          Caller.Kind.API,
          Caller.Kind.JOURNEY,
          Caller.Kind.META,
          Caller.Kind.APP);

  GraphEdge {
    operations = Map.copyOf(operations);
  }

  /// One method of an edge.
  ///
  /// @param allowed who may call it
  record Operation(Set<Caller.Kind> allowed, Answerer answerer) {

    /// Manages callbacks.
    static Operation managing(Handler handler) {
      return new Operation(MANAGERS, call -> Response.json(200, Json.bytes(handler.handle(call))));
    }

    /// Sends messages.
    static Operation sending(Answerer answerer) {
      return new Operation(SENDERS, answerer);
    }
  }

  /// Answers a call with a status of its own.
  @FunctionalInterface
  interface Answerer {
    /// @throws GraphException if it cannot be done; nothing is done then
    Response answer(GraphCall call) throws InterruptedException;
  }

  /// Does what a call asks for.
  @FunctionalInterface
  interface Handler {
    /// @throws GraphException if it cannot be done; nothing is changed then
    ObjectNode handle(GraphCall call) throws InterruptedException;
  }

  /// The handler of a method.
  ///
  /// @throws GraphException 100 if it does nothing
  Operation operation(String method) {
    Operation operation = operations.get(method.equals("HEAD") ? "GET" : method);
    if (operation == null) {
      throw GraphException.unsupported(
          "Unsupported "
              + method
              + " request: this path takes "
              + new TreeSet<>(operations.keySet()));
    }
    return operation;
  }
}
