package dev.chasqui.api.graph;

import dev.chasqui.http.server.Headers;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Callers;
import dev.chasqui.store.StoreException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out who calls, lets the call through, and makes Graph's answers of whatever comes of it.
final class GraphGate {

  private static final String OAUTH = "oauth ";

  private final Callers callers;
  private final AppTokens appTokens;
  private final GraphErrors errors;

  GraphGate(Callers callers, AppTokens appTokens, GraphErrors errors) {
    this.callers = callers;
    this.appTokens = appTokens;
    this.errors = errors;
  }

  /// Makes an answer.
  @FunctionalInterface
  interface Answering {
    /// @throws GraphException if it cannot be done
    Response answer() throws InterruptedException;
  }

  /// Answers a call to an edge.
  Response answer(Request request, GraphEdge edge) throws InterruptedException {
    return guarded(
        () -> {
          GraphParameters query = GraphParameters.ofQuery(request.query());
          String early = token(request.headers(), query);
          Optional<Caller> known = early == null ? Optional.empty() : Optional.of(known(early));
          GraphParameters parameters = GraphParameters.of(request);
          GraphEdge.Operation operation = edge.operation(parameters.method(request.method()));
          Caller caller = known.orElseGet(() -> known(parameters.text(GraphParameters.TOKEN)));
          refuseUnless(operation.allowed(), caller);
          return operation.answerer().answer(new GraphCall(request, parameters, caller));
        });
  }

  /// Makes an answer, and Graph's words of what ends it.
  Response guarded(Answering answering) throws InterruptedException {
    try {
      return answering.answer();
    } catch (GraphException e) {
      return errors.of(e);
    } catch (StoreException e) {
      if (e.isTemporary()) {
        return errors.of(GraphException.temporary());
      }
      throw e;
    }
  }

  /// The caller. The header's token counts before the query's, and that before the body's.
  ///
  /// @throws GraphException 190 if the token is missing or unknown, 200 if the caller's kind is not
  ///   allowed
  Caller caller(Headers headers, GraphParameters parameters, Set<Caller.Kind> allowed) {
    Caller caller = known(token(headers, parameters));
    refuseUnless(allowed, caller);
    return caller;
  }

  private static void refuseUnless(Set<Caller.Kind> allowed, Caller caller) {
    if (!allowed.contains(caller.kind())) {
      throw GraphException.permission();
    }
  }

  private Caller known(@Nullable String token) {
    if (token == null || token.isEmpty()) {
      throw GraphException.token("An access token is required to request this resource");
    }
    return find(token).orElseThrow(() -> GraphException.token("The access token is not valid"));
  }

  /// The owner of a token.
  Optional<Caller> find(String token) {
    return callers
        .byToken(token)
        .or(() -> callers.byMetaToken(token))
        .or(() -> appTokens.caller(token));
  }

  /// The token that a call brings, null if it brings none.
  @Nullable String token(Headers headers, GraphParameters parameters) {
    String authorization = headers.first("Authorization");
    String bearer = Callers.bearer(authorization);
    if (bearer != null) {
      return bearer;
    }
    String scheme = authorization == null ? "" : authorization;
    boolean isOauth = scheme.toLowerCase(Locale.ROOT).startsWith(OAUTH);
    String named = isOauth ? scheme.substring(OAUTH.length()).strip() : "";
    String inParameters = named.isEmpty() ? parameters.text(GraphParameters.TOKEN) : named;
    return inParameters == null || inParameters.isEmpty() ? null : inParameters;
  }
}
