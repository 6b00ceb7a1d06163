package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Request;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import dev.chasqui.operations.Callers;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Lets a call through to its operation, or not: 401 without a valid token, 403 if the token's kind
/// may not do it, 404 for a workspace that does not exist or that the token does not reach. The
/// token is looked at before anything else, so that nobody learns what exists.
///
/// A workspace comes into being with the first thing that is PUT into it.
final class Gate {

  private final Callers callers;
  private final Predicate<WorkspaceId> workspaces;

  Gate(Callers callers, Predicate<WorkspaceId> workspaces) {
    this.callers = callers;
    this.workspaces = workspaces;
  }

  /// Who stands at the gate.
  sealed interface Entry {

    /// May pass.
    record Admitted(OperatorCall call) implements Entry {}

    /// May not.
    record Refused(Response response) implements Entry {}
  }

  Entry enter(Request request, Served operation) {
    String token = Callers.bearer(request.headers().first("Authorization"));
    Optional<Caller> caller = token == null ? Optional.empty() : callers.byToken(token);
    if (caller.isEmpty()) {
      return new Entry.Refused(unauthorized(token));
    }
    refuseUnlessAllowed(caller.get(), operation);
    WorkspaceId workspace = workspace(request, operation, caller.get());
    operation.refuseUnknown(request.query());
    return new Entry.Admitted(new OperatorCall(request, caller.get(), workspace));
  }

  /// The answer to a request for what is not there: only who has a token learns that.
  Optional<Response> refuseUnrouted(Request request) {
    String token = Callers.bearer(request.headers().first("Authorization"));
    boolean isKnown = token != null && callers.byToken(token).isPresent();
    return isKnown ? Optional.empty() : Optional.of(unauthorized(token));
  }

  /// Whether the token of a call that goes on for long still counts.
  boolean isStillIn(OperatorCall call) {
    String token = Callers.bearer(call.request().headers().first("Authorization"));
    return token != null && callers.byToken(token).isPresent();
  }

  private static void refuseUnlessAllowed(Caller caller, Served operation) {
    boolean allowed =
        switch (caller.kind()) {
          case ADMIN -> true;
          case VIEWER -> operation.isRead() && !operation.isContent();
          case API, JOURNEY, META, APP -> false;
        };
    if (!allowed) {
      boolean isForContent = operation.isRead() && operation.isContent();
      String detail =
          isForContent
              ? "this is what people wrote, which tokens of this kind do not read"
              : "a token of this kind may not do this";
      throw new ProblemException(403, "Forbidden", detail);
    }
  }

  private WorkspaceId workspace(Request request, Served operation, Caller caller) {
    String name = request.query().first("workspace");
    if (name == null || name.isEmpty()) {
      return caller.workspace();
    }
    boolean mayBeNew = operation.method().equals("PUT");
    return parse(name)
        .filter(it -> caller.reaches(it) && (mayBeNew || workspaces.test(it)))
        .orElseThrow(() -> ProblemException.notFound("there is no such workspace"));
  }

  private static Optional<WorkspaceId> parse(String name) {
    try {
      return Optional.of(new WorkspaceId(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Response unauthorized(@Nullable String token) {
    String detail =
        token == null
            ? "send Authorization: Bearer and an admin or viewer token"
            : "the token is not valid";
    return Response.problem(new ProblemException(401, "Unauthorized", detail))
        .with("WWW-Authenticate", "Bearer realm=\"chasqui\"");
  }
}
