package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.AuthenticationMode;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EventId;
import dev.chasqui.store.DeliveryStore.Attempt;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commits batches and the cursor in one transaction. A delivery that has been made by then is
/// written as delivered; so for a quick receiver there is one row to write and nothing to settle.
///
/// What has very many deliveries is written in several transactions, so that others get at the
/// store in between. The first holds the events, and only the last moves the cursor: after a crash
/// in between the same facts are projected again to the same ids, and what is there is left alone.
final class CommitBatches {

  private static final System.Logger LOG = System.getLogger(CommitBatches.class.getName());

  private static final String NO_PROOF = AuthenticationMode.Check.NONE.wire();

  private final ProjectionStore store;
  private final Dispatch dispatch;
  private final LedgerBacklog backlog;
  private final LearnNumbers learnNumbers;
  private final ProjectEvent projectEvent;
  private final int partition;
  private final int slice;

  /// The events of which it was told before all of their deliveries were written.
  private final Set<EventId> told = new HashSet<>();

  CommitBatches(
      Projection.Ports ports,
      LedgerBacklog backlog,
      LearnNumbers learnNumbers,
      ProjectEvent projectEvent,
      ProjectionSettings settings) {
    this.store = ports.store().projection();
    this.dispatch = ports.dispatch();
    this.backlog = backlog;
    this.learnNumbers = learnNumbers;
    this.projectEvent = projectEvent;
    this.partition = settings.partition();
    this.slice = settings.reading().slice();
  }

  /// Writes all of them, or, if the store refuses that, each event by itself. May be called again
  /// after a fault.
  ///
  /// @return the events as they are in the store: what was refused has a failed job
  /// @throws StoreException if the store cannot be written to now
  List<Draft.Event> commit(List<UncommittedBatch> taken) {
    try {
      together(taken);
      return taken.stream().flatMap(uncommitted -> uncommitted.draft().events().stream()).toList();
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "a batch was refused ({0}); its facts are taken one by one",
          Reasons.of(e));
      return oneByOne(taken);
    }
  }

  private void together(List<UncommittedBatch> taken) {
    Rows rows = new Rows();
    for (UncommittedBatch uncommitted : taken) {
      Map<DeliveryId, Attempt> delivered = uncommitted.earlyBatch().delivered();
      uncommitted.draft().events().forEach(rows::add);
      uncommitted.owed().forEach(owed -> rows.add(owed, delivered.get(owed.id())));
      uncommitted.draft().sightings().forEach(rows::addSightings);
    }
    commit(rows, taken.getLast().run().next());
  }

  private void commit(Rows rows, long cursor) {
    List<ProjectionStore.Batch> batches = rows.toBatches(new Move(partition, cursor), slice);
    for (ProjectionStore.Batch batch : batches) {
      store.commit(batch);
      if (batches.size() > 1) {
        rows.events.forEach(this::tell);
      }
    }
  }

  /// Finds the event that the store refuses, so that the others go on. If the store fails
  /// meanwhile, what is there already is left alone the next time.
  private List<Draft.Event> oneByOne(List<UncommittedBatch> taken) {
    List<Draft.Event> written = new ArrayList<>();
    for (UncommittedBatch uncommitted : taken) {
      for (Draft.Event event : uncommitted.draft().events()) {
        written.add(alone(uncommitted, event));
      }
    }
    Rows rest = new Rows();
    taken.forEach(uncommitted -> uncommitted.draft().sightings().forEach(rest::addSightings));
    commit(rest, taken.getLast().run().next());
    return written;
  }

  private Draft.Event alone(UncommittedBatch uncommitted, Draft.Event event) {
    Map<DeliveryId, Attempt> delivered = uncommitted.earlyBatch().delivered();
    try {
      commitAlone(uncommitted, event, delivered);
      return event;
    } catch (RuntimeException e) {
      throwIfTemporary(e);
      LOG.log(
          System.Logger.Level.ERROR,
          "the rows of event {0} were refused; its job failed and can be retried",
          event.fact().eventId());
      Draft.Event failed = projectEvent.failed(event.row().position(), event.fact(), Reasons.of(e));
      commitAlone(uncommitted, failed, Map.of());
      backlog.forget(event.ledgerItems());
      return failed;
    }
  }

  /// The cursor moves to the event itself: a crash now projects it again, which changes nothing.
  private void commitAlone(
      UncommittedBatch uncommitted, Draft.Event event, Map<DeliveryId, Attempt> delivered) {
    Rows rows = new Rows();
    rows.add(event);
    if (event.failure() == null) {
      uncommitted.owed().stream()
          .filter(owed -> owed.source().event().equals(event.row().id()))
          .forEach(owed -> rows.add(owed, delivered.get(owed.id())));
    }
    commit(rows, event.row().position());
  }

  private static void throwIfTemporary(RuntimeException fault) {
    if (fault instanceof StoreException store && store.isTemporary()) {
      throw store;
    }
  }

  /// Tells the listeners and waiting threads that the rows are written. A listener that fails is
  /// logged: the rows must not be written again.
  ///
  /// @param events as they were written
  void finish(List<UncommittedBatch> taken, List<Draft.Event> events) {
    List<LedgerStore.LedgerItem> ledgerItems = new ArrayList<>();
    events.forEach(event -> ledgerItems.addAll(event.ledgerItems()));
    backlog.add(ledgerItems, taken.getLast().run().next());
    // An event is told of before its deliveries are.
    for (Draft.Event event : events) {
      attempt("numbers of event " + event.row().id(), () -> learnNumbers.note(event));
      tell(event);
    }
    told.clear();
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
  private void release(UncommittedBatch uncommitted) {
    try {
      uncommitted.earlyBatch().written();
      if (!uncommitted.waiting().isEmpty()) {
        dispatch.waiting(uncommitted.waiting());
      }
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "the dispatcher failed on deliveries that are written ({0}); they wait for their leases"
              + " to run out",
          Reasons.of(e));
    }
  }

  /// Tells of an event once, even if it is written in portions or more than once.
  private void tell(Draft.Event event) {
    if (told.add(event.row().id())) {
      attempt("listeners of event " + event.row().id(), () -> projected(event));
    }
  }

  private void projected(Draft.Event event) {
    Fact.Event fact = event.fact();
    Fact.ChannelOrigin channelOrigin = fact.origin().channelOrigin();
    String passed = channelOrigin == null ? null : channelOrigin.authentication();
    boolean isProven =
        fact.verdicts().signatureValid() || (passed != null && !passed.equals(NO_PROOF));
    dispatch.projected(event.row(), isProven);
  }

  /// The rows of what is written together.
  private static final class Rows {

    private final List<Draft.Event> events = new ArrayList<>();
    private final Map<EventId, Integer> sightings = new LinkedHashMap<>();
    private final List<Owed> owed = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<JobStore.FailedJob> failures = new ArrayList<>(0);
    private final List<ProjectionStore.Filtered> filtered = new ArrayList<>(0);

    void add(Draft.Event event) {
      events.add(event);
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

    /// One batch for each transaction: the events are in the first, the cursor moves with the last.
    ///
    /// @param slice deliveries in one of them
    List<ProjectionStore.Batch> toBatches(Move move, int slice) {
      int count = owed.size() + delivered.size() + filtered.size();
      if (count > slice) {
        sort();
      }
      List<ProjectionStore.Batch> batches = new ArrayList<>(1);
      for (int from = 0; from == 0 || from < count; from += slice) {
        boolean isLast = from + slice >= count;
        Portion portion = new Portion(from, from + slice);
        batches.add(
            new ProjectionStore.Batch(
                isLast ? move : new Move(move.partition(), 0),
                from == 0 ? events.stream().map(Draft.Event::row).toList() : List.of(),
                isLast ? seen() : List.of(),
                portion.of(owed, 0),
                portion.of(delivered, owed.size()),
                isLast ? failures : List.of(),
                portion.of(filtered, owed.size() + delivered.size())));
      }
      return batches;
    }

    /// In order of their ids each transaction writes to pages of its own. What stands in a line is
    /// written in the line's order, before all others: the first that is there gets the turn.
    private void sort() {
      owed.sort(
          Comparator.comparing((Owed row) -> row.place().contactQueue() == null)
              .thenComparing(
                  Rows::idOutsideLines, Comparator.nullsFirst(Comparator.naturalOrder())));
      delivered.sort(Comparator.comparing(row -> row.owed().id()));
    }

    private static @Nullable DeliveryId idOutsideLines(Owed row) {
      return row.place().contactQueue() == null ? row.id() : null;
    }

    private List<Sighting> seen() {
      List<Sighting> seen = new ArrayList<>(sightings.size());
      sightings.forEach((event, count) -> seen.add(new Sighting(event, count)));
      return seen;
    }
  }

  /// A run of several lists, as if they were one.
  private record Portion(int from, int to) {

    /// @param before how many stand before those of this list
    <T> List<T> of(List<T> list, int before) {
      int first = Math.clamp(from - before, 0, list.size());
      return list.subList(first, Math.clamp(to - before, first, list.size()));
    }
  }
}
