package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a run of facts comes to, before anything is written or reserved: it can be thrown away, or
/// committed again and again until the store takes it.
///
/// @param events in order of position
/// @param sightings how many repeats were seen of which event, as a whole or item by item
record Draft(List<Event> events, Map<EventId, Integer> sightings) {

  /// The rows and deliveries of one event.
  ///
  /// @param owed its deliveries
  /// @param filtered what rules of endpoints kept out
  /// @param ledgerItems its items for the ledger, repeated ones included
  /// @param repeated the earlier events that had some of its items first, of which it is a sighting
  /// @param failure why it could not be projected, null if it could
  record Event(
      Fact.Event fact,
      EventRow row,
      List<Due> owed,
      List<ProjectionStore.Filtered> filtered,
      List<LedgerStore.LedgerItem> ledgerItems,
      Set<EventId> repeated,
      JobStore.@Nullable FailedJob failure) {}

  /// A delivery that is owed.
  ///
  /// @param selection which items of the event, null for all
  /// @param place where it stands among others of its endpoint
  /// @param held whether its endpoint is paused
  record Due(
      DeliveryId id,
      EndpointId endpoint,
      @Nullable String selection,
      ProjectionStore.Place place,
      boolean held) {}

  /// The row of a delivery.
  static ProjectionStore.Owed owed(Event event, Due due, Instant dueAt, @Nullable Lease lease) {
    ProjectionStore.Source source =
        new ProjectionStore.Source(event.row().id(), event.row().position());
    return new ProjectionStore.Owed(
        due.id(), source, due.endpoint(), due.selection(), due.place(), dueAt, lease);
  }
}
