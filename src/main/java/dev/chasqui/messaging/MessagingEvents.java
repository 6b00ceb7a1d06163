package dev.chasqui.messaging;

import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;

/// Told what happens to messages out, for metrics and alerts. Must return quickly and never throw.
public interface MessagingEvents {

  /// A request of a client was answered.
  ///
  /// @param via the way it took or would have taken
  /// @param answer what it was told
  /// @param took from the request to the answer, upstream's part included
  void answered(Via via, SendAnswer answer, Duration took);

  /// Upstream answered, or the call of it failed.
  ///
  /// @param took from the call to its answer or failure
  void upstreamAnswered(Duration took);

  /// Upstream says that a workspace's access token is not or no longer valid.
  void accessTokenRefused(WorkspaceId workspace);

  /// Upstream did what was asked with a workspace's access token.
  void accessTokenTaken(WorkspaceId workspace);
}
