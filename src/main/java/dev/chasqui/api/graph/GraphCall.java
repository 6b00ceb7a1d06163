package dev.chasqui.api.graph;

import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Caller;
import org.jspecify.annotations.Nullable;

/// One call of a known caller. The workspace follows from the token.
record GraphCall(Request request, GraphParameters parameters, Caller caller) {

  private static final int MAX_DIGITS = 32;

  WorkspaceId workspace() {
    return caller.workspace();
  }

  /// The version in the path, as `v24.0`; null if it names none.
  @Nullable String version() {
    return request.pathParameters().get("version");
  }

  /// An id of Meta's in the path.
  ///
  /// @throws GraphException 100 if it is no number
  String id(String name) {
    String id = request.parameter(name);
    boolean digits = id.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!digits || id.length() > MAX_DIGITS) {
      throw GraphException.parameter("Invalid parameter: " + name + " must be numeric");
    }
    return id;
  }

  /// Callbacks and what else is managed is not for tokens that only send.
  ///
  /// @throws GraphException 200 if the caller may not
  void refuseUnlessManaging() {
    if (!GraphEdge.MANAGERS.contains(caller.kind())) {
      throw GraphException.permission();
    }
  }

  /// A token that is for one phone number reaches nothing else.
  ///
  /// @throws GraphException 200 if it is for another one, or for any while this is about none
  void refuseUnlessFor(String phoneNumberId) {
    String only = caller.phoneNumberId();
    if (only != null && !only.equals(phoneNumberId)) {
      throw GraphException.permission();
    }
  }
}
