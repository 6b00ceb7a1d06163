package dev.chasqui.api.graph;

import dev.chasqui.api.Caller;
import dev.chasqui.api.Callers;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.store.StoreException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Finds out who calls, lets the call through, and makes Graph's answers of whatever comes of it.
final class GraphDoor {

  private static final int TRACE_BYTES = 12;
  private static final Set<Caller.Kind> MANAGERS =
      Set.of(Caller.Kind.ADMIN, Caller.Kind.API, Caller.Kind.META);
  private static final Set<Caller.Kind> SENDERS =
      Set.of(Caller.Kind.API, Caller.Kind.JOURNEY, Caller.Kind.META);

  private final Callers callers;
  private final RandomGenerator random;

  GraphDoor(Callers callers, RandomGenerator random) {
    this.callers = callers;
    this.random = random;
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

  /// Answers a call to the management of callbacks.
  Response pass(Request request, Handler handler) throws InterruptedException {
    return answer(request, MANAGERS, call -> Response.json(200, Json.bytes(handler.handle(call))));
  }

  /// Answers a call to send a message.
  Response passSender(Request request, Answerer handler) throws InterruptedException {
    return answer(request, SENDERS, handler);
  }

  private Response answer(Request request, Set<Caller.Kind> allowed, Answerer handler)
      throws InterruptedException {
    try {
      return handler.answer(new GraphCall(request, caller(request, allowed)));
    } catch (GraphException e) {
      return refusal(e);
    } catch (StoreException e) {
      if (e.isTemporary()) {
        return refusal(GraphException.temporary());
      }
      throw e;
    }
  }

  private Caller caller(Request request, Set<Caller.Kind> allowed) {
    String token = token(request);
    if (token == null) {
      throw GraphException.token("An access token is required to request this resource");
    }
    Optional<Caller> caller = callers.byToken(token).or(() -> callers.byMetaToken(token));
    Caller known = caller.orElseThrow(() -> GraphException.token("The access token is not valid"));
    if (!allowed.contains(known.kind())) {
      throw GraphException.permission();
    }
    return known;
  }

  private static @Nullable String token(Request request) {
    String bearer = Callers.bearer(request.headers().first("Authorization"));
    String inQuery = bearer == null ? request.query().first("access_token") : bearer;
    return inQuery == null || inQuery.isEmpty() ? null : inQuery;
  }

  private Response refusal(GraphException e) {
    GraphException.Kind kind = e.kind();
    ObjectNode error = Json.object();
    error.put("message", e.getMessage());
    error.put("type", kind.type());
    error.put("code", kind.code());
    if (kind == GraphException.Kind.TEMPORARY) {
      error.put("is_transient", true);
    }
    error.put("fbtrace_id", trace());
    ObjectNode envelope = Json.object();
    envelope.set("error", error);
    return Response.json(kind.status(), Json.bytes(envelope));
  }

  /// Meta's begin with an A.
  private String trace() {
    byte[] bytes = new byte[TRACE_BYTES];
    random.nextBytes(bytes);
    return "A" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
