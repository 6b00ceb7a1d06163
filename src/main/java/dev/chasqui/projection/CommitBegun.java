package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.ProjectionStore.Delivered;
import dev.chasqui.store.ProjectionStore.Move;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Sighting;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes what has begun, and the cursor, in one transaction. A delivery that has been made by then
/// is written as delivered; so for a quick receiver there is one row to write and nothing to
/// settle.
final class CommitBegun {

  private static final System.Logger LOG = System.getLogger(CommitBegun.class.getName());

  private static final String NO_PROOF = AuthenticationMode.Check.NONE.wire();

  private final ProjectionStore store;
  private final Dispatch dispatch;
  private final FoldBacklog backlog;
  private final LearnNumbers learnNumbers;
  private final ProjectEvent projectEvent;
  private final int partition;

  CommitBegun(
      Projection.Ports ports,
      FoldBacklog backlog,
      LearnNumbers learnNumbers,
      ProjectEvent projectEvent,
      int partition) {
    this.store = ports.store().projection();
    this.dispatch = ports.dispatch();
    this.backlog = backlog;
    this.learnNumbers = learnNumbers;
    this.projectEvent = projectEvent;
    this.partition = partition;
  }

  /// Writes all of them, or, if the store refuses that, each event by itself. May be called again
  /// after a fault.
  ///
  /// @return the events as they are in the store: what was refused has a failed job
  /// @throws StoreException if the store cannot be written to now
  List<Draft.Event> commit(List<Begun> taken) {
    try {
      together(taken);
      return taken.stream().flatMap(begun -> begun.draft().events().stream()).toList();
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "a batch was refused ({0}); its facts are taken one by one",
          Reasons.of(e));
      return oneByOne(taken);
    }
  }

  private void together(List<Begun> taken) {
    Rows rows = new Rows();
    for (Begun begun : taken) {
      Map<DeliveryId, Attempt> delivered = begun.ahead().delivered();
      begun.draft().events().forEach(rows::add);
      begun.owed().forEach(owed -> rows.add(owed, delivered.get(owed.id())));
      begun.draft().sightings().forEach(rows::addSightings);
    }
    store.commit(rows.toBatch(new Move(partition, taken.getLast().run().next())));
  }

  /// Finds the event that the store refuses, so that the others go on. If the store fails
  /// meanwhile, what is there already is left alone the next time.
  private List<Draft.Event> oneByOne(List<Begun> taken) {
    List<Draft.Event> written = new ArrayList<>();
    for (Begun begun : taken) {
      for (Draft.Event event : begun.draft().events()) {
        written.add(alone(begun, event));
      }
    }
    Rows rest = new Rows();
    taken.forEach(begun -> begun.draft().sightings().forEach(rest::addSightings));
    store.commit(rest.toBatch(new Move(partition, taken.getLast().run().next())));
    return written;
  }

  private Draft.Event alone(Begun begun, Draft.Event event) {
    Map<DeliveryId, Attempt> delivered = begun.ahead().delivered();
    try {
      commitAlone(begun, event, delivered);
      return event;
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "the rows of event {0} were refused; its job failed and can be retried",
          event.fact().eventId());
      Draft.Event failed = projectEvent.failed(event.row().position(), event.fact(), Reasons.of(e));
      commitAlone(begun, failed, Map.of());
      backlog.forget(event.folded());
      return failed;
    }
  }

  /// The cursor moves to the event itself: a crash now projects it again, which changes nothing.
  private void commitAlone(Begun begun, Draft.Event event, Map<DeliveryId, Attempt> delivered) {
    Rows rows = new Rows();
    rows.add(event);
    if (event.failure() == null) {
      begun.owed().stream()
          .filter(owed -> owed.source().event().equals(event.row().id()))
          .forEach(owed -> rows.add(owed, delivered.get(owed.id())));
    }
    store.commit(rows.toBatch(new Move(partition, event.row().position())));
  }

  private static void throwIfTemporary(RuntimeException fault) {
    if (fault instanceof StoreException store && store.isTemporary()) {
      throw store;
    }
  }

  /// Tells everybody who waits for the rows that they are there. A listener that fails is logged:
  /// the rows are written, and must not be written again.
  ///
  /// @param events as they were written
  void finish(List<Begun> taken, List<Draft.Event> events) {
    List<LedgerStore.Folded> folded = new ArrayList<>();
    events.forEach(event -> folded.addAll(event.folded()));
    backlog.add(folded, taken.getLast().run().next());
    // An event is told of before its deliveries are.
    for (Draft.Event event : events) {
      attempt("numbers of event " + event.row().id(), () -> learnNumbers.note(event));
      attempt("listeners of event " + event.row().id(), () -> tell(event));
    }
    taken.forEach(this::release);
  }

  private static void attempt(String what, Runnable listener) {
    try {
      listener.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "the {0} failed ({1}); going on", what, Reasons.of(e));
    }
  }

  /// The rows are written: whatever the dispatcher does, the projection is done, and what is
  /// dropped is found in the store when its lease runs out.
  private void release(Begun begun) {
    try {
      begun.ahead().written();
      if (!begun.waiting().isEmpty()) {
        dispatch.waiting(begun.waiting());
      }
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the dispatcher failed on deliveries that are written ({0}); they wait for their leases"
              + " to run out",
          Reasons.of(e));
    }
  }

  private void tell(Draft.Event event) {
    Fact.Event fact = event.fact();
    Fact.Passage passage = fact.door().passage();
    String passed = passage == null ? null : passage.authentication();
    boolean isProven =
        fact.verdicts().signatureValid() || (passed != null && !passed.equals(NO_PROOF));
    dispatch.projected(event.row(), isProven);
  }

  /// The rows of one transaction.
  private static final class Rows {

    private final List<EventRow> events = new ArrayList<>();
    private final Map<EventId, Integer> sightings = new LinkedHashMap<>();
    private final List<Owed> owed = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<JobStore.FailedJob> failures = new ArrayList<>(0);
    private final List<ProjectionStore.Filtered> filtered = new ArrayList<>(0);

    void add(Draft.Event event) {
      events.add(event.row());
      filtered.addAll(event.filtered());
      if (event.failure() != null) {
        failures.add(event.failure());
      }
    }

    /// @param attempt that delivered it, null if none did yet
    void add(Owed row, @Nullable Attempt attempt) {
      if (attempt == null) {
        owed.add(row);
      } else {
        delivered.add(new Delivered(row, attempt));
      }
    }

    void addSightings(EventId event, int count) {
      sightings.merge(event, count, Integer::sum);
    }

    ProjectionStore.Batch toBatch(Move move) {
      List<Sighting> seen = new ArrayList<>(sightings.size());
      sightings.forEach((event, count) -> seen.add(new Sighting(event, count)));
      return new ProjectionStore.Batch(move, events, seen, owed, delivered, failures, filtered);
    }
  }
}
