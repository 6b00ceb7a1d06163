package dev.chasqui.ingress;

import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.WorkspaceId;
import java.time.Instant;
import java.util.List;

/// The workspaces as the ingress knows them; read on every request, so it must answer from memory.
public interface Workspaces {

  /// Whether there is such a workspace.
  boolean exists(WorkspaceId workspace);

  /// The active signing secrets, newest first; empty if none is set.
  List<SigningKey> signingKeys(WorkspaceId workspace, Instant now);

  /// The active verify tokens, newest first; empty if none is set.
  List<String> verifyTokens(WorkspaceId workspace, Instant now);
}
