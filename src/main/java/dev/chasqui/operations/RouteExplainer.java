package dev.chasqui.operations;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Explanation;

/// Tells where an envelope would go now; `app` leads it to the dialect and the routing table.
@FunctionalInterface
public interface RouteExplainer {

  /// Explains an envelope that would come in for a workspace. Nothing is stored or sent.
  ///
  /// @throws IllegalArgumentException if the body is no envelope
  Explanation explain(WorkspaceId workspace, Bytes body);
}
