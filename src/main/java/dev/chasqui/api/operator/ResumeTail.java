package dev.chasqui.api.operator;

import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import dev.chasqui.store.Store;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Tells a reader that comes back what came in meanwhile, in the journal's order: the events after
/// its mark, and how the deliveries of each stand now, those of the marked one included.
final class ResumeTail {

  private static final int AT_ONCE = 512;

  private final LiveTail tail;
  private final Store store;
  private final TailWriter writer;

  ResumeTail(LiveTail tail, Store store, TailWriter writer) {
    this.tail = tail;
    this.store = store;
    this.writer = writer;
  }

  /// @param mark null if what the reader named is none
  void from(@Nullable TailMark mark, WorkspaceId workspace) throws InterruptedException {
    MissedEvents missed = tail.missed();
    if (mark == null || !missed.isAt(mark.position(), mark.event())) {
      writer.gap("unknown_mark", null);
      return;
    }
    Map<EndpointId, Endpoint> endpoints = new HashMap<>();
    store.resources().endpoints().forEach(it -> endpoints.put(it.id(), it));
    writer.resumeAt(mark);
    TailMark last = mark;
    long position = mark.position();
    int told = 0;
    MissedEvents.Run run = missed.from(workspace, position, AT_ONCE);
    while (run.next() > position && told < tail.bounds().resumed()) {
      for (EventId event : run.events()) {
        last = tell(event, workspace, endpoints).orElse(last);
      }
      told += run.events().size();
      position = run.next();
      run = missed.from(workspace, position, AT_ONCE);
    }
    if (run.next() > position) {
      writer.gap("too_far_behind", last);
    }
  }

  /// @return where the event stands, empty if it is another workspace's or not in the store
  private Optional<TailMark> tell(
      EventId event, WorkspaceId workspace, Map<EndpointId, Endpoint> endpoints)
      throws InterruptedException {
    Optional<EventView> found =
        store.events().find(event).filter(it -> it.row().origin().workspace().equals(workspace));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    EventRow row = found.get().row();
    writer.event(found.get(), wanted -> hasItem(row, wanted));
    String cursor = null;
    do {
      Page<DeliveryView> page =
          store.deliveryViews().ofEvent(event, new PageRequest(PageRequest.MAX, cursor));
      for (DeliveryView view : page.data()) {
        Endpoint endpoint = endpoints.get(view.endpoint());
        if (endpoint != null && !view.attempts().isEmpty()) {
          writer.delivery(delivery(view, endpoint));
        }
      }
      cursor = page.nextCursor();
    } while (cursor != null);
    return Optional.of(TailMark.of(row));
  }

  /// The row that was read has the first items only; the others are looked through in the store.
  private boolean hasItem(EventRow row, Predicate<EventRow.Item> wanted) {
    return row.items().stream().anyMatch(wanted)
        || (row.items().size() >= PageRequest.MAX && store.events().hasItem(row.id(), wanted));
  }

  private static TailItem.Delivery delivery(DeliveryView view, Endpoint endpoint) {
    List<Attempt> attempts = view.attempts();
    boolean isDead = view.state() == DeliveryState.DEAD;
    return new TailItem.Delivery(
        view.id(),
        view.source().event(),
        endpoint,
        view.state(),
        attempts.getLast(),
        view.ending().nextAttemptAt(),
        isDead ? view.ending().deadReason() : null);
  }
}
