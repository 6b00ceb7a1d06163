package dev.chasqui.projection;

import dev.chasqui.model.EndpointId;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.Reasons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Begins the early deliveries of a draft before it is committed: its items are known from now on,
/// and its deliveries are handed over, as far as there is room for them, with the lease that their
/// rows will have.
final class DeliverEarly {

  private static final System.Logger LOG = System.getLogger(DeliverEarly.class.getName());

  private final Dispatch dispatch;
  private final LedgerBacklog backlog;

  DeliverEarly(Dispatch dispatch, LedgerBacklog backlog) {
    this.dispatch = dispatch;
    this.backlog = backlog;
  }

  UncommittedBatch begin(Draft draft, UncommittedBatch.Run run) {
    Deliveries deliveries = new Deliveries();
    boolean isBegun = false;
    try {
      draft.events().forEach(deliveries::add);
      draft.events().forEach(event -> backlog.expect(event.ledgerItems()));
      isBegun = true;
    } finally {
      if (!isBegun) {
        dispatch.abandon(deliveries.early);
        draft.events().forEach(event -> backlog.forget(event.ledgerItems()));
      }
    }
    Dispatch.EarlyBatch earlyBatch = handOver(deliveries.early);
    return new UncommittedBatch(draft, run, deliveries.owed, deliveries.waiting, earlyBatch);
  }

  private Dispatch.EarlyBatch handOver(List<Dispatch.EarlyDelivery> early) {
    if (early.isEmpty()) {
      return Dispatch.EarlyBatch.NONE;
    }
    try {
      return dispatch.handOver(early);
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "deliveries could not be handed over ({0}); they wait for their leases to run out",
          Reasons.of(e));
      return Dispatch.EarlyBatch.NONE;
    }
  }

  /// The deliveries of one draft, sorted into those that begin early and those that wait in the
  /// store.
  private final class Deliveries {

    private final List<Owed> owed = new ArrayList<>();
    private final List<Dispatch.EarlyDelivery> early = new ArrayList<>();
    private final Set<EndpointId> waiting = new HashSet<>();

    void add(Draft.Event event) {
      event.owed().forEach(due -> add(event, due));
    }

    private void add(Draft.Event event, Draft.Due due) {
      // What stands in a contact queue could overtake another in memory: it waits in the store.
      boolean waits = due.held() || due.place().contactQueue() != null;
      Lease lease = waits ? null : dispatch.reserve(due.endpoint(), due.place().priority());
      Owed row = Draft.owed(event, due, event.fact().at(), lease);
      owed.add(row);
      if (lease == null) {
        waiting.add(due.endpoint());
      } else {
        early.add(new Dispatch.EarlyDelivery(row, event.fact()));
      }
    }
  }
}
