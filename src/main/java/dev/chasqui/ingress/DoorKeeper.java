package dev.chasqui.ingress;

import dev.chasqui.http.server.Request;
import dev.chasqui.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// What all doors have in common: what they know, and whom they tell.
public record DoorKeeper(Workspaces workspaces, IngressEvents events) {

  /// The workspace that a request's path names, null if there is none of that name.
  @Nullable WorkspaceId workspace(Request request) {
    String name = request.pathParameters().get("workspace");
    if (name == null) {
      return WorkspaceId.DEFAULT;
    }
    try {
      WorkspaceId workspace = new WorkspaceId(name);
      return workspaces.exists(workspace) ? workspace : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
