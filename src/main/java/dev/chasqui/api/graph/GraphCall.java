package dev.chasqui.api.graph;

import dev.chasqui.api.Caller;
import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;

/// One call of someone who is known. The workspace follows from the token.
record GraphCall(Request request, Caller caller) {

  private static final int MAX_DIGITS = 32;

  WorkspaceId workspace() {
    return caller.workspace();
  }

  GraphParameters parameters() {
    return GraphParameters.of(request);
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
