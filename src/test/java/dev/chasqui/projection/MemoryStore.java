package dev.chasqui.projection;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.AlertStore;
import dev.chasqui.store.ContactStore;
import dev.chasqui.store.ConversationClaims;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.FallbackStore;
import dev.chasqui.store.FallbackSwitches;
import dev.chasqui.store.Housekeeping;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.ResourceStore;
import dev.chasqui.store.SeriesStore;
import dev.chasqui.store.SourceStore;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import dev.chasqui.store.SubmissionStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The part of a store that the projection uses, in memory, with faults to order. Its monitor
/// guards everything in it; it outlives a projection as a database outlives a process.
final class MemoryStore implements Store {

  final Map<EventId, EventRow> events = new LinkedHashMap<>();
  final Map<EventId, Integer> sightings = new LinkedHashMap<>();
  final Map<DeliveryId, ProjectionStore.Owed> owed = new LinkedHashMap<>();
  final Map<DeliveryId, ProjectionStore.Delivered> delivered = new LinkedHashMap<>();
  int asked;
  final List<ProjectionStore.Filtered> filtered = new ArrayList<>();
  final Map<EventId, JobStore.FailedJob> jobs = new LinkedHashMap<>();
  final List<LedgerStore.LedgerItem> ledgerItems = new ArrayList<>();
  private final List<LedgerStore.LedgerItem> expedited = new ArrayList<>();
  final List<List<LedgerStore.LedgerItem>> slices = new ArrayList<>();
  final Map<ItemKey, EventId> seen = new HashMap<>();
  final List<ResourceStore.PhoneNumber> learned = new ArrayList<>();

  /// Lets learning fail for a bug of ours.
  boolean cannotLearn;

  long cursor;
  long ledgerCursor;

  /// What the next commits come to; when it is empty they go well.
  final Deque<StoreException.Kind> commitFaults = new ArrayDeque<>();

  /// How many events were in the commits that went well.
  final AtomicInteger committed = new AtomicInteger();

  /// Batches for which the store is gone.
  Predicate<ProjectionStore.Batch> unreachable = _ -> false;

  /// Batches that are refused.
  Predicate<ProjectionStore.Batch> refused = _ -> false;

  /// Items that the ledger refuses.
  Predicate<LedgerStore.LedgerItem> refusedByLedger = _ -> false;

  /// Whether the ledger's writes fail.
  boolean isLedgerGone;

  static StoreException fault(StoreException.Kind kind) {
    return new StoreException(kind, "made up", new IllegalStateException("made up"));
  }

  @Override
  public ProjectionStore projection() {
    return new MemoryProjection();
  }

  @Override
  public LedgerStore ledger() {
    return new MemoryLedger();
  }

  @Override
  public DeliveryStore deliveries() {
    return new MemoryDeliveries(this);
  }

  /// The failed job of an event.
  JobStore.FailedJob job(EventId event) {
    return Objects.requireNonNull(jobs.get(event), "no failed job");
  }

  @Override
  public JobStore jobs() {
    return new MemoryJobs(this);
  }

  @Override
  public SourceStore sources() {
    throw new UnsupportedOperationException("the projection asks for no senders");
  }

  @Override
  public FallbackStore fallbacks() {
    throw new UnsupportedOperationException("the projection asks for no channels");
  }

  @Override
  public SubmissionStore submissions() {
    throw new UnsupportedOperationException("the projection asks for no submissions");
  }

  @Override
  public List<dev.chasqui.model.Unusable> unusable() {
    return List.of();
  }

  @Override
  public ResourceStore resources() {
    return new MemoryResources(this);
  }

  @Override
  public EventViews events() {
    return new MemoryEvents(this);
  }

  @Override
  public DeliveryViews deliveryViews() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ContactStore contacts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public FallbackSwitches fallbackSwitches() {
    throw new UnsupportedOperationException();
  }

  @Override
  public ConversationClaims claims() {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeriesStore series() {
    throw new UnsupportedOperationException();
  }

  @Override
  public AlertStore alerts() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Housekeeping housekeeping() {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void close() {}

  private final class MemoryProjection implements ProjectionStore {

    @Override
    public long cursor(int partition) {
      synchronized (MemoryStore.this) {
        return cursor;
      }
    }

    @Override
    public void commit(Batch batch) {
      synchronized (MemoryStore.this) {
        StoreException.Kind fault = commitFaults.poll();
        if (fault != null) {
          throw fault(fault);
        }
        if (unreachable.test(batch)) {
          throw fault(StoreException.Kind.GONE);
        }
        if (refused.test(batch)) {
          throw fault(StoreException.Kind.REFUSED);
        }
        batch.events().forEach(row -> events.putIfAbsent(row.id(), row));
        batch.owed().forEach(row -> owed.putIfAbsent(row.id(), row));
        batch.delivered().forEach(it -> delivered.putIfAbsent(it.owed().id(), it));
        filtered.addAll(batch.filtered());
        batch.failures().forEach(job -> jobs.putIfAbsent(job.event(), job));
        batch.sightings().forEach(s -> sightings.merge(s.event(), s.count(), Integer::sum));
        cursor = Math.max(cursor, batch.move().cursor());
        committed.addAndGet(batch.events().size());
        MemoryStore.this.notifyAll();
      }
    }

    @Override
    public Map<ItemKey, EventId> seen(Collection<ItemKey> keys) {
      synchronized (MemoryStore.this) {
        asked += keys.size();
        Map<ItemKey, EventId> known = new HashMap<>(seen);
        known.keySet().retainAll(Set.copyOf(keys));
        return known;
      }
    }
  }

  private final class MemoryLedger implements LedgerStore {

    @Override
    public long ledgerCursor(int partition) {
      synchronized (MemoryStore.this) {
        return ledgerCursor;
      }
    }

    /// The parts are one here; the keys stand for all of them. Contacts that come before their keys
    /// are those that press.
    @Override
    public void apply(Part part, List<LedgerItem> slice) {
      if (part == Part.KEYS) {
        apply(slice);
      }
      synchronized (MemoryStore.this) {
        if (part == Part.CONTACTS && !seen.keySet().containsAll(keys(slice))) {
          expedited.addAll(slice);
          MemoryStore.this.notifyAll();
        }
      }
    }

    private static Set<ItemKey> keys(List<LedgerItem> slice) {
      return slice.stream().map(LedgerItem::key).collect(Collectors.toSet());
    }

    @Override
    public void apply(List<LedgerItem> slice) {
      synchronized (MemoryStore.this) {
        if (isLedgerGone) {
          throw fault(StoreException.Kind.GONE);
        }
        if (slice.stream().anyMatch(refusedByLedger)) {
          throw fault(StoreException.Kind.REFUSED);
        }
        slices.add(slice);
        ledgerItems.addAll(slice);
        slice.forEach(item -> seen.putIfAbsent(item.key(), item.event()));
      }
    }

    @Override
    public void moveLedgerCursor(int partition, long position) {
      synchronized (MemoryStore.this) {
        if (isLedgerGone) {
          throw fault(StoreException.Kind.GONE);
        }
        ledgerCursor = position;
        MemoryStore.this.notifyAll();
      }
    }
  }

  synchronized List<LedgerStore.LedgerItem> expedited() {
    return List.copyOf(expedited);
  }

  /// Waits until so many items were applied to their contacts before their run.
  synchronized boolean awaitPressed(int count, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (expedited.size() < count) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  synchronized List<ProjectionStore.Owed> owed() {
    return List.copyOf(owed.values());
  }

  synchronized List<ProjectionStore.Owed> owedTo(EndpointId endpoint) {
    return owed.values().stream().filter(row -> row.endpoint().equals(endpoint)).toList();
  }
}
