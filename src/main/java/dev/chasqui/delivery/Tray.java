package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one endpoint has in memory. Guarded by the lock of its [Board].
final class Tray {

  /// For an endpoint that is gone: what is owed to it is only buried.
  private static final int IN_FLIGHT_WHEN_GONE = 8;

  final EndpointId endpoint;
  final ArrayDeque<Work> waiting = new ArrayDeque<>();

  /// Reserved or being claimed: slots whose work has not come yet.
  int expected;

  int inFlight;

  /// Whether it stands in its lane's queue of those that may start.
  boolean queued;

  /// Whether somebody will look at it again when [#notBefore] has passed.
  boolean wakePending;

  /// Monotonic time before which nothing is started.
  long notBefore;

  Lane lane = Lane.DEFAULT;
  Pulse pulse = Pulse.NEW;
  @Nullable Long lastSampleMillis;

  private Endpoint.Switch switched = Endpoint.Switch.ON;
  private int maxInFlight = IN_FLIGHT_WHEN_GONE;
  private StartRate rate = StartRate.UNLIMITED;

  Tray(EndpointId endpoint, long now) {
    this.endpoint = endpoint;
    this.notBefore = now;
  }

  /// Takes over what an operator set; null if the endpoint is gone.
  void follow(@Nullable Endpoint current) {
    if (current == null) {
      switched = Endpoint.Switch.ON;
      maxInFlight = IN_FLIGHT_WHEN_GONE;
      rate = StartRate.UNLIMITED;
      return;
    }
    switched = current.identity().switched();
    maxInFlight = current.policy().maxInFlight();
    Double perSecond = current.policy().ratePerSecond();
    rate = perSecond == null ? StartRate.UNLIMITED : StartRate.of(perSecond);
  }

  boolean isOpen() {
    return switched == Endpoint.Switch.ON;
  }

  /// Deliveries of this endpoint that take from its bound.
  int held() {
    return waiting.size() + expected + inFlight;
  }

  /// Whether, but for the time, another could start.
  boolean wantsToStart() {
    return !waiting.isEmpty() && inFlight < Math.min(maxInFlight, pulse.allowance());
  }

  /// Takes the next one; the caller has seen that it may start.
  Work start(long now) {
    inFlight++;
    if (rate.intervalNanos() > 0) {
      notBefore = rate.after(notBefore, now);
    }
    return waiting.remove();
  }

  void pauseUntil(long time) {
    if (time - notBefore > 0) {
      notBefore = time;
    }
  }

  /// Empties the queue.
  List<Work> evict() {
    List<Work> evicted = new ArrayList<>(waiting);
    waiting.clear();
    return evicted;
  }

  EndpointHealth health() {
    EndpointHealth.State state =
        switch (switched) {
          case ON -> pulse.state();
          case PAUSED -> EndpointHealth.State.PAUSED;
          case DISABLED -> EndpointHealth.State.DISABLED;
        };
    return new EndpointHealth(
        endpoint, state, pulse.failures(), pulse.successes(), lastSampleMillis, lane);
  }
}
