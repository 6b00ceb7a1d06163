package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Priority;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The port to whoever makes the deliveries. Called by the projection's thread alone; nothing here
/// may block for long, and nothing is thrown.
///
/// For each delivery that was reserved exactly one of [#handOver] and [#abandon] is called, unless
/// the process ends in between: then the lease runs out.
public interface Dispatch {

  /// Asks, before the rows are written, whether a delivery could begin at once.
  ///
  /// @param priority what it would be among others of its endpoint
  /// @return the lease to write into its row, or null for "not now": then it is claimed from the
  ///   store later
  @Nullable Lease reserve(EndpointId endpoint, Priority priority);

  /// The rows are in the store: these deliveries can begin.
  void handOver(List<Handed> handed);

  /// The rows could not be written: these reservations are free again.
  void abandon(List<Handed> handed);

  /// These endpoints got deliveries without a lease, due now.
  void waiting(Set<EndpointId> endpoints);

  /// This event is in the store now.
  ///
  /// @param isProven whether anything proved who sent it
  default void projected(EventRow row, boolean isProven) {}

  /// A delivery with everything its first attempt needs, so that the quick path reads nothing.
  ///
  /// @param owed as it was written; its lease is not null
  /// @param fact what it is made from
  record Handed(ProjectionStore.Owed owed, Fact.Event fact) {
    public Handed {
      Objects.requireNonNull(owed.lease(), "what is handed over was reserved");
    }
  }
}
