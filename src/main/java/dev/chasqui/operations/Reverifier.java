package dev.chasqui.operations;

import dev.chasqui.model.WorkspaceId;
import java.time.Instant;

/// Checks rejected events again with the secrets of now; `app` leads it to the journal, the dialect
/// and the projection.
@FunctionalInterface
public interface Reverifier {

  /// Takes the events of a workspace that were rejected since a time for their signature, checks
  /// their raw bytes with the secrets that are valid now, and processes those that pass.
  Outcome reverify(WorkspaceId workspace, Instant since) throws InterruptedException;

  /// What came of it.
  record Outcome(long checked, long accepted) {}
}
