package dev.chasqui.api.operator;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.EventRow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Hands what happens to the tails that are open. Whoever tells it waits for nobody: each tail has
/// a bounded buffer, and what does not fit is missed by that tail, which is told so. While no tail
/// is open, nothing is done. Safe for use by many threads.
public final class LiveTail implements AutoCloseable {

  private final MissedEvents missed;
  private final Bounds bounds;
  private final List<OpenTail> tails = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  public LiveTail(MissedEvents missed, Bounds bounds) {
    this.missed = missed;
    this.bounds = bounds;
  }

  /// How much a tail may cost.
  ///
  /// @param tails open at once
  /// @param buffered items that wait for one reader
  /// @param resumed events that are told again to one that comes back
  /// @param heartbeat how long a connection says nothing at most
  public record Bounds(int tails, int buffered, int resumed, Duration heartbeat) {

    /// 16 tails, 1,024 items, 10,000 events, 15 s.
    public static final Bounds DEFAULT = new Bounds(16, 1024, 10_000, Duration.ofSeconds(15));
  }

  /// Whether anybody listens.
  public boolean isOpen() {
    return !tails.isEmpty();
  }

  /// An event is in the store.
  public void event(EventRow row) {
    for (OpenTail tail : tails) {
      tail.offer(row.origin().workspace(), new TailItem.Event(row));
    }
  }

  /// A delivery's state has changed.
  public void delivery(TailItem.Delivery delivery) {
    for (OpenTail tail : tails) {
      tail.offer(delivery.endpoint().workspace(), delivery);
    }
  }

  /// Ends all tails and opens no more.
  @Override
  public void close() {
    closed = true;
    tails.forEach(OpenTail::end);
  }

  Bounds bounds() {
    return bounds;
  }

  MissedEvents missed() {
    return missed;
  }

  /// Begins to listen.
  ///
  /// @return empty if too many listen already
  synchronized Optional<OpenTail> open(WorkspaceId workspace) {
    if (closed || tails.size() >= bounds.tails()) {
      return Optional.empty();
    }
    OpenTail tail = new OpenTail(workspace, bounds.buffered(), tails::remove);
    tails.add(tail);
    return Optional.of(tail);
  }
}
