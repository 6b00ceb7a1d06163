package dev.chasqui.delivery;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Owed;
import dev.chasqui.store.ProjectionStore.Source;
import dev.chasqui.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The delivery queue in memory, with the promises of [DeliveryStore]; and with faults on demand.
final class MemoryDeliveries implements DeliveryStore {

  private final Map<DeliveryId, MemoryRow> rows = new LinkedHashMap<>();
  private final Set<Marked> marks = new LinkedHashSet<>();
  private int transactions;
  private StoreException.@Nullable Kind fault;
  private boolean losing;
  private int largestClaim;
  private Predicate<Settlement> refused = _ -> false;

  synchronized void put(Owed owed) {
    rows.put(owed.id(), new MemoryRow(owed));
  }

  /// Lets every call fail, or none if null.
  synchronized void fail(StoreException.@Nullable Kind kind) {
    fault = kind;
  }

  /// Lets outcomes vanish, as a crash before their commit would.
  synchronized void losesSettlements(boolean losing) {
    this.losing = losing;
  }

  /// Refuses each batch with such a settlement.
  synchronized void refuse(Predicate<Settlement> which) {
    refused = which;
  }

  synchronized int largestClaim() {
    return largestClaim;
  }

  synchronized int transactions() {
    return transactions;
  }

  synchronized DeliveryState state(DeliveryId id) {
    return row(id).state;
  }

  synchronized long count(DeliveryState state) {
    return rows.values().stream().filter(row -> row.state == state).count();
  }

  synchronized @Nullable String deadReason(DeliveryId id) {
    return row(id).deadReason;
  }

  synchronized List<Attempt> history(DeliveryId id) {
    return List.copyOf(row(id).history);
  }

  synchronized Instant dueAt(DeliveryId id) {
    return row(id).dueAt;
  }

  private MemoryRow row(DeliveryId id) {
    MemoryRow row = rows.get(id);
    if (row == null) {
      throw new AssertionError("no such delivery: " + id);
    }
    return row;
  }

  private void check() {
    if (fault != null) {
      throw new StoreException(fault, "on demand", new IllegalStateException());
    }
  }

  @Override
  public synchronized List<Claimed> claim(
      EndpointId endpoint, Lease lease, Instant now, int limit) {
    check();
    return take(endpoint, lease, now, limit);
  }

  @Override
  public synchronized List<Claimed> probe(EndpointId endpoint, Lease lease, Instant now) {
    check();
    return take(endpoint, lease, Instant.MAX, 1);
  }

  private List<Claimed> take(EndpointId endpoint, Lease lease, Instant dueUpTo, int limit) {
    List<MemoryRow> due =
        rows.values().stream()
            .filter(row -> row.owed.endpoint().equals(endpoint) && isWaiting(row))
            .filter(row -> !row.dueAt.isAfter(dueUpTo))
            .sorted(Comparator.comparing(row -> row.dueAt))
            .limit(limit)
            .toList();
    due.forEach(row -> row.lease(lease));
    largestClaim = Math.max(largestClaim, due.size());
    return due.stream().map(row -> claimed(row, lease)).toList();
  }

  private static boolean isWaiting(MemoryRow row) {
    return row.state == DeliveryState.PENDING || row.state == DeliveryState.RETRYING;
  }

  private static Claimed claimed(MemoryRow row, Lease lease) {
    Owed owed = row.owed;
    return new Claimed(
        owed.id(),
        owed.source(),
        owed.endpoint(),
        owed.selection(),
        new Past(row.attempts, row.probes, row.replay, null, row.failedAt),
        owed.place(),
        lease);
  }

  @Override
  public synchronized Set<DeliveryId> settle(Collection<Settlement> settlements, Instant now) {
    check();
    if (settlements.stream().anyMatch(refused)) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "on demand", new IllegalStateException());
    }
    transactions++;
    Set<DeliveryId> lost = new HashSet<>();
    for (Settlement settlement : settlements) {
      MemoryRow row = row(settlement.id());
      if (losing || !settlement.lease().equals(row.lease)) {
        lost.add(settlement.id());
        continue;
      }
      row.lease = null;
      row.settle(settlement);
    }
    return lost;
  }

  @Override
  public synchronized int releaseNode(String node, Instant now) {
    return release(row -> row.lease != null && row.lease.node().equals(node), now);
  }

  @Override
  public synchronized int releaseExpired(Instant now) {
    return release(row -> row.lease != null && row.lease.until().isBefore(now), now);
  }

  private int release(Predicate<MemoryRow> which, Instant now) {
    check();
    List<MemoryRow> held = rows.values().stream().filter(which).toList();
    held.forEach(row -> row.lease(null));
    held.forEach(row -> row.dueAt = now);
    return held.size();
  }

  @Override
  public synchronized List<Waiting> waiting() {
    check();
    Map<EndpointId, TreeSet<Instant>> due = new TreeMap<>();
    for (MemoryRow row : rows.values()) {
      if (isWaiting(row)) {
        due.computeIfAbsent(row.owed.endpoint(), _ -> new TreeSet<>()).add(row.dueAt);
      }
    }
    return due.entrySet().stream()
        .map(e -> new Waiting(e.getKey(), e.getValue().first(), e.getValue().last()))
        .toList();
  }

  @Override
  public synchronized int requeue(Collection<DeliveryId> ids, Instant now, @Nullable ReplayId by) {
    check();
    int count = 0;
    for (DeliveryId id : ids) {
      MemoryRow row = rows.get(id);
      if (row != null && row.state.isTerminal()) {
        row.state = DeliveryState.PENDING;
        row.dueAt = now;
        row.attempts = 0;
        row.probes = 0;
        row.failedAt = null;
        row.replay = true;
        count++;
      }
    }
    return count;
  }

  @Override
  public synchronized @Nullable DeadPayload deadPayload(DeliveryId id) {
    return row(id).payload;
  }

  @Override
  public OptionalLong oldestOwedPosition() {
    throw new UnsupportedOperationException("not the dispatcher's business");
  }

  @Override
  public int owe(Collection<Owed> owed, Instant now, @Nullable ReplayId by) {
    throw new UnsupportedOperationException("not the dispatcher's business");
  }

  @Override
  public synchronized List<Open> open(EndpointId endpoint, int limit) {
    check();
    return rows.values().stream()
        .filter(row -> row.owed.endpoint().equals(endpoint) && isWaiting(row))
        .limit(limit)
        .map(row -> new Open(row.owed.id(), row.owed.source()))
        .toList();
  }

  @Override
  public synchronized int deadLetter(Map<DeliveryId, DeadPayload> payloads, String reason) {
    check();
    int deadLettered = 0;
    for (Map.Entry<DeliveryId, DeadPayload> one : payloads.entrySet()) {
      MemoryRow row = row(one.getKey());
      if (isWaiting(row)) {
        row.state = DeliveryState.DEAD;
        row.deadReason = reason;
        row.payload = one.getValue();
        deadLettered++;
      }
    }
    return deadLettered;
  }

  @Override
  public synchronized int makeDue(
      EndpointId endpoint, Instant failedBefore, Instant now, int limit) {
    check();
    List<MemoryRow> later =
        later(endpoint, now, limit).stream()
            .filter(row -> row.failedAt == null || row.failedAt.isBefore(failedBefore))
            .toList();
    later.forEach(row -> row.dueAt = row.owed.id().ulid().time());
    return later.size();
  }

  @Override
  public synchronized int bringForward(EndpointId endpoint, Instant latest, int limit) {
    check();
    List<MemoryRow> later = later(endpoint, latest, limit);
    later.forEach(row -> row.dueAt = latest);
    return later.size();
  }

  private List<MemoryRow> later(EndpointId endpoint, Instant than, int limit) {
    return rows.values().stream()
        .filter(row -> row.owed.endpoint().equals(endpoint) && isWaiting(row))
        .filter(row -> row.dueAt.isAfter(than))
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<DeliveryId> retryNow(Collection<DeliveryId> ids, Instant now) {
    check();
    List<DeliveryId> due = new ArrayList<>();
    for (DeliveryId id : ids) {
      MemoryRow row = rows.get(id);
      if (row != null && isWaiting(row)) {
        row.dueAt = now;
        due.add(id);
      }
    }
    return due;
  }

  @Override
  public synchronized void mark(EndpointId endpoint, Mark mark, Instant since) {
    check();
    if (marks().stream().noneMatch(it -> isOf(it, endpoint, mark))) {
      marks.add(new Marked(endpoint, mark, since));
    }
  }

  private static boolean isOf(Marked marked, EndpointId endpoint, Mark mark) {
    return marked.endpoint().equals(endpoint) && marked.mark() == mark;
  }

  @Override
  public synchronized void unmark(EndpointId endpoint, Mark mark) {
    check();
    marks.removeIf(it -> isOf(it, endpoint, mark));
  }

  @Override
  public synchronized List<Marked> marks() {
    return List.copyOf(marks);
  }

  @Override
  public synchronized List<Open> unkept(int limit) {
    check();
    return rows.values().stream()
        .filter(row -> row.isUnkept)
        .limit(limit)
        .map(row -> new Open(row.owed.id(), row.owed.source()))
        .toList();
  }

  @Override
  public synchronized void keep(Map<DeliveryId, DeadPayload> payloads) {
    check();
    for (Map.Entry<DeliveryId, DeadPayload> one : payloads.entrySet()) {
      row(one.getKey()).payload = one.getValue();
      row(one.getKey()).isUnkept = false;
    }
  }

  @Override
  public List<Open> inJournal(long before, int limit) {
    throw new UnsupportedOperationException("not the dispatcher's business");
  }

  @Override
  public void hold(Collection<Open> deliveries, Map<Source, DeadPayload> events) {
    throw new UnsupportedOperationException("not the dispatcher's business");
  }

  @Override
  public Map<EndpointId, Held> held() {
    throw new UnsupportedOperationException("not the dispatcher's business");
  }

  @Override
  public synchronized List<Open> dueSince(EndpointId endpoint, Instant time, int limit) {
    check();
    return rows.values().stream()
        .filter(row -> row.owed.endpoint().equals(endpoint) && isWaiting(row) && !row.replay)
        .filter(row -> !row.dueAt.isAfter(time))
        .limit(limit)
        .map(row -> new Open(row.owed.id(), row.owed.source()))
        .toList();
  }

  @Override
  public void move(Collection<DeliveryId> ids, EndpointId to, Instant now) {
    throw new UnsupportedOperationException("only the real store moves deliveries");
  }
}
