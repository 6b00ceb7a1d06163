package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Writes a draft and the cursor in one transaction, with leases for what can begin at once, and
/// hands over what is written. Leases are reserved anew at each try, so that a long trouble of the
/// store leaves none that has run out.
final class CommitDraft {

  private static final System.Logger LOG = System.getLogger(CommitDraft.class.getName());

  private static final String NO_PROOF = AuthenticationMode.Check.NONE.wire();

  private final ProjectionStore store;
  private final Dispatch dispatch;
  private final FoldBacklog backlog;
  private final LearnNumbers learnNumbers;
  private final int partition;

  CommitDraft(
      Projection.Ports ports, FoldBacklog backlog, LearnNumbers learnNumbers, int partition) {
    this.store = ports.store().projection();
    this.dispatch = ports.dispatch();
    this.backlog = backlog;
    this.learnNumbers = learnNumbers;
    this.partition = partition;
  }

  /// @param cursor the journal position after the draft's facts
  /// @throws dev.chasqui.store.StoreException if it could not be written: then nothing is, and all
  ///   reservations are free again
  void commit(Draft draft, long cursor) {
    Rows rows = new Rows();
    boolean isWritten = false;
    try {
      draft.events().forEach(rows::add);
      store.commit(rows.toBatch(cursor, draft.sightings()));
      isWritten = true;
    } finally {
      if (!isWritten) {
        dispatch.abandon(rows.handed);
      }
    }
    backlog.add(rows.folded, cursor);
    draft.events().forEach(learnNumbers::note);
    handOver(rows);
    draft.events().forEach(this::tell);
  }

  private void tell(Draft.Event event) {
    Fact.Event fact = event.fact();
    Fact.Passage passage = fact.door().passage();
    String passed = passage == null ? null : passage.authentication();
    boolean isProven =
        fact.verdicts().signatureValid() || (passed != null && !passed.equals(NO_PROOF));
    dispatch.projected(event.row(), isProven);
  }

  /// The rows are written: whatever a receiver of the hand-over does, the draft is done, and what
  /// it dropped is found in the store when its lease runs out.
  private static void handOver(Rows rows) {
    try {
      rows.handOver();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "deliveries could not be handed over ({0}); they wait for their leases to run out",
          Reasons.of(e));
    }
  }

  /// The rows of one try.
  private final class Rows {

    private final List<EventRow> events = new ArrayList<>();
    private final List<ProjectionStore.Owed> owed = new ArrayList<>();
    private final List<ProjectionStore.Filtered> filtered = new ArrayList<>(0);
    private final List<JobStore.FailedJob> failures = new ArrayList<>(0);
    private final List<LedgerStore.Folded> folded = new ArrayList<>();
    private final List<Dispatch.Handed> handed = new ArrayList<>();
    private final Set<EndpointId> waiting = new HashSet<>();

    void add(Draft.Event event) {
      events.add(event.row());
      filtered.addAll(event.filtered());
      folded.addAll(event.folded());
      if (event.failure() != null) {
        failures.add(event.failure());
      }
      for (Draft.Due due : event.owed()) {
        add(event, due);
      }
    }

    private void add(Draft.Event event, Draft.Due due) {
      // What stands in a line could overtake another of its line in memory: it waits in the store.
      boolean waits = due.held() || due.place().line() != null;
      Lease lease = waits ? null : dispatch.reserve(due.endpoint(), due.place().priority());
      ProjectionStore.Owed row = Draft.owed(event, due, event.fact().at(), lease);
      owed.add(row);
      if (lease == null) {
        waiting.add(due.endpoint());
        return;
      }
      handed.add(new Dispatch.Handed(row, event.fact()));
    }

    ProjectionStore.Batch toBatch(long cursor, Map<EventId, Integer> sightings) {
      List<ProjectionStore.Sighting> seen = new ArrayList<>(sightings.size());
      sightings.forEach((event, count) -> seen.add(new ProjectionStore.Sighting(event, count)));
      return new ProjectionStore.Batch(partition, cursor, events, seen, owed, failures, filtered);
    }

    void handOver() {
      if (!handed.isEmpty()) {
        dispatch.handOver(List.copyOf(handed));
      }
      if (!waiting.isEmpty()) {
        dispatch.waiting(Set.copyOf(waiting));
      }
    }
  }
}
