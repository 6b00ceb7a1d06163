package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The port through which the projection starts deliveries. No method may block for long or throw.
/// [#reserve], [#handOver] and [#abandon] are called by the projecting thread alone, the others by
/// the writing thread alone.
///
/// For each reserved delivery exactly one of [#handOver] and [#abandon] is called, unless the
/// process ends in between: then none of its rows was written, and its event is projected again.
public interface Dispatch {

  /// Asks, before the rows are written, whether a delivery could begin at once.
  ///
  /// @param priority what it would be among others of its endpoint
  /// @return the lease to write into its row, or null for "not now": then it is claimed from the
  ///   store later
  @Nullable Lease reserve(EndpointId endpoint, Priority priority);

  /// Begins deliveries whose rows are about to be written: a receiver does not wait for our
  /// transaction. If the process ends before that, they are projected again and made again, under
  /// the same ids.
  EarlyBatch handOver(List<EarlyDelivery> early);

  /// Gives reservations back whose deliveries will not be handed over.
  void abandon(List<EarlyDelivery> early);

  /// These endpoints got deliveries without a lease, due now.
  void waiting(Set<EndpointId> endpoints);

  /// This event is in the store now.
  ///
  /// @param isProven whether anything proved who sent it
  default void projected(EventRow row, boolean isProven) {}

  /// Early deliveries: they begin before their rows are committed.
  interface EarlyBatch {

    EarlyBatch NONE =
        new EarlyBatch() {
          @Override
          public Map<DeliveryId, Attempt> delivered() {
            return Map.of();
          }

          @Override
          public void written() {}
        };

    /// Those that have been delivered by now: their rows say so at once. The same answer each time;
    /// what ends later is settled after [#written].
    Map<DeliveryId, Attempt> delivered();

    /// The rows are in the store, or never will be.
    void written();
  }

  /// A delivery with everything its first attempt needs, so that the quick path reads nothing.
  ///
  /// @param owed its lease is not null
  /// @param fact what it is made from
  record EarlyDelivery(ProjectionStore.Owed owed, Fact.Event fact) {
    public EarlyDelivery {
      Objects.requireNonNull(owed.lease(), "what is handed over was reserved");
    }
  }
}
