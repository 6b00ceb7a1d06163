package dev.chasqui.delivery;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryStore.Settlement;
import java.time.Duration;

/// Told what happens, for metrics and alerts. Called on the delivery's own thread: must return
/// quickly.
public interface DeliveryEvents {

  /// Hears nothing.
  DeliveryEvents NONE = new DeliveryEvents() {};

  /// An attempt ended.
  ///
  /// @param took from "go" to the answer or the failure
  default void attempted(EndpointId endpoint, Outcome outcome, Duration took) {}

  /// An endpoint's health changed; told once per change.
  default void healthChanged(EndpointHealth before, EndpointHealth after) {}

  /// An endpoint's deliveries wait in another lane from now on; told once per change.
  default void laneChanged(EndpointHealth before, EndpointHealth after) {}

  /// Outcomes were written to the store.
  ///
  /// @param count how many were written in one transaction
  /// @param lost how many of them came after their lease had ended and changed nothing: the present
  ///   holder of the lease makes those deliveries again
  default void settled(int count, int lost) {}

  /// So many deliveries that waited for an endpoint became dead letters at once, without an
  /// attempt.
  default void deadLettered(EndpointId endpoint, int count) {}

  /// What became of one delivery is written. Called on the thread that writes them all: must return
  /// at once.
  default void written(EventId event, EndpointId endpoint, Settlement settlement) {}
}
