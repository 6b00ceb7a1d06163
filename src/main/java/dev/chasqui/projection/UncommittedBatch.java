package dev.chasqui.projection;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.ProjectionStore.Owed;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// A draft whose deliveries have begun and that is still to be committed.
///
/// @param run the facts it was made from
/// @param owed the rows of its deliveries, as they are if none has ended yet
/// @param waiting endpoints with deliveries that did not begin
/// @param earlyBatch those that did
record UncommittedBatch(
    Draft draft,
    Run run,
    List<Owed> owed,
    Set<EndpointId> waiting,
    Dispatch.EarlyBatch earlyBatch) {

  /// A run of facts.
  ///
  /// @param next the journal position after it
  /// @param oldest when its first fact was taken in
  record Run(long next, int facts, Instant oldest) {}
}
