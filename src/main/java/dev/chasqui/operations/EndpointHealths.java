package dev.chasqui.operations;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import org.jspecify.annotations.Nullable;

/// How endpoints are doing, as the dispatcher of this node sees it; `app` leads it there.
@FunctionalInterface
public interface EndpointHealths {

  /// The health of an endpoint; a new one is healthy and in the default lane.
  Health of(EndpointId endpoint);

  /// The health of an endpoint.
  ///
  /// @param state `healthy`, `degraded` or `failing`; what an operator switched off is said by the
  ///   endpoint itself
  /// @param lastSampleMillis the response time that decided the lane, null if there is none yet
  /// @param laneReason why it is in its lane, one line
  record Health(String state, Lane lane, @Nullable Long lastSampleMillis, String laneReason) {

    /// Of an endpoint that nothing is known of.
    public static final Health UNKNOWN =
        new Health("healthy", Lane.DEFAULT, null, "nothing measured yet");
  }
}
