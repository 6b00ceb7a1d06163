package dev.chasqui.projection;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.Reasons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Begins what a draft owes before it is written: its items are known from now on, and its
/// deliveries are handed over, as far as there is room for them, with the lease that their rows
/// will have.
final class BeginDraft {

  private static final System.Logger LOG = System.getLogger(BeginDraft.class.getName());

  private final Dispatch dispatch;
  private final FoldBacklog backlog;

  BeginDraft(Dispatch dispatch, FoldBacklog backlog) {
    this.dispatch = dispatch;
    this.backlog = backlog;
  }

  Begun begin(Draft draft, Begun.Run run) {
    Deliveries deliveries = new Deliveries();
    boolean isBegun = false;
    try {
      draft.events().forEach(deliveries::add);
      draft.events().forEach(event -> backlog.expect(event.folded()));
      isBegun = true;
    } finally {
      if (!isBegun) {
        dispatch.abandon(deliveries.handed);
        draft.events().forEach(event -> backlog.forget(event.folded()));
      }
    }
    Dispatch.Ahead ahead = handOver(deliveries.handed);
    return new Begun(draft, run, deliveries.owed, deliveries.waiting, ahead);
  }

  private Dispatch.Ahead handOver(List<Dispatch.Handed> handed) {
    if (handed.isEmpty()) {
      return Dispatch.Ahead.NONE;
    }
    try {
      return dispatch.handOver(handed);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "deliveries could not be handed over ({0}); they wait for their leases to run out",
          Reasons.of(e));
      return Dispatch.Ahead.NONE;
    }
  }

  /// The deliveries of one draft.
  private final class Deliveries {

    private final List<Owed> owed = new ArrayList<>();
    private final List<Dispatch.Handed> handed = new ArrayList<>();
    private final Set<EndpointId> waiting = new HashSet<>();

    void add(Draft.Event event) {
      event.owed().forEach(due -> add(event, due));
    }

    private void add(Draft.Event event, Draft.Due due) {
      // What stands in a line could overtake another of its line in memory: it waits in the store.
      boolean waits = due.held() || due.place().line() != null;
      Lease lease = waits ? null : dispatch.reserve(due.endpoint(), due.place().priority());
      Owed row = Draft.owed(event, due, event.fact().at(), lease);
      owed.add(row);
      if (lease == null) {
        waiting.add(due.endpoint());
      } else {
        handed.add(new Dispatch.Handed(row, event.fact()));
      }
    }
  }
}
