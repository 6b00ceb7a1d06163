package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import org.jspecify.annotations.Nullable;

/// How an endpoint does.
///
/// @param consecutiveFailures failed attempts since the last success
/// @param consecutiveSuccesses successes since the last failure
/// @param lastSampleMillis what the last measured delivery took, null before the first
/// @param lane in which its deliveries wait
/// @param laneReason why, for an operator
public record EndpointHealth(
    EndpointId endpoint,
    State state,
    int consecutiveFailures,
    int consecutiveSuccesses,
    @Nullable Long lastSampleMillis,
    Lane lane,
    String laneReason) {

  public enum State {
    HEALTHY("healthy"),
    /// The last attempt failed.
    DEGRADED("degraded"),
    /// So many failed in a row that it is only probed.
    FAILING("failing"),
    /// An operator paused it.
    PAUSED("paused"),
    /// An operator or the receiver's 410 switched it off.
    DISABLED("disabled"),
    /// Taken away; what it was owed before stays.
    REMOVED("removed");

    private final String wire;

    State(String wire) {
      this.wire = wire;
    }

    /// The word in the API.
    public String wire() {
      return wire;
    }
  }
}
