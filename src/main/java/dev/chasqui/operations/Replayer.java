package dev.chasqui.operations;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends again what was sent or is dead; `app` leads it to the replays. How far one is can be read
/// in the store.
public interface Replayer {

  /// Begins a replay and returns at once; a dry run only counts.
  ///
  /// @throws IllegalArgumentException if the order cannot be carried out, with a reason for people
  Started start(WorkspaceId workspace, Order order) throws InterruptedException;

  /// Stops a replay; what it made due stays due.
  ///
  /// @return false if it was not running any more
  boolean cancel(ReplayId id);

  /// Processes a failed job once more; how it went stands in the store then.
  void retryJob(JobId job) throws InterruptedException;

  /// Refuses to retry what nobody sends.
  ///
  /// @throws Refusal unless the endpoint is on
  static void refuseUnlessOn(Endpoint endpoint) {
    switch (endpoint.identity().switched()) {
      case ON -> {}
      case PAUSED -> throw Refusal.conflict("endpoint " + endpoint.id() + " is paused; resume it");
      case REMOVED -> throw Refusal.conflict("endpoint " + endpoint.id() + " was removed");
      case DISABLED ->
          throw Refusal.conflict("endpoint " + endpoint.id() + " is disabled; resume it");
    }
  }

  /// Has all that waits for an endpoint tried now; a failing one is probed first.
  void retryNow(EndpointId endpoint);

  /// Has a delivery that waits tried now.
  ///
  /// @return false if it does not wait any more
  boolean retryNow(DeliveryId delivery, EndpointId endpoint);

  /// What to replay and how.
  ///
  /// @param endpoint the only receiver, null for those that had it
  /// @param ratePerSecond null for as fast as can be
  record Order(
      Selection selection,
      @Nullable EndpointId endpoint,
      @Nullable Double ratePerSecond,
      boolean dryRun) {}

  /// What to replay.
  sealed interface Selection {

    /// All that these events owe now.
    record Events(List<EventId> ids) implements Selection {
      public Events {
        ids = List.copyOf(ids);
      }
    }

    /// These deliveries.
    record Deliveries(List<DeliveryId> ids) implements Selection {
      public Deliveries {
        ids = List.copyOf(ids);
      }
    }

    /// The deliveries that match and are over.
    record Matching(DeliveryViews.Filter filter) implements Selection {}

    /// The deliveries that match and wait: they are due now, and keep their schedule.
    record Waiting(DeliveryViews.Filter filter) implements Selection {}
  }

  /// A replay that was begun.
  ///
  /// @param id null for a dry run
  /// @param count how many events or deliveries it is about
  record Started(@Nullable ReplayId id, long count) {}
}
