package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import org.jspecify.annotations.Nullable;

/// The port to the projection, which knows what an event owes.
@FunctionalInterface
public interface EventReplays {

  /// Makes due again what an event owes, by the routes of now. Doing so twice is as doing it once
  /// as long as nothing was delivered in between.
  ///
  /// @param by the replay that asks: it makes each delivery due once
  /// @param only the one receiver that gets it, null for all
  /// @return how many deliveries are due; 0 if there is no such event in the workspace or it cannot
  ///   be processed any more
  int replay(ReplayId by, WorkspaceId workspace, EventId event, @Nullable EndpointId only);
}
