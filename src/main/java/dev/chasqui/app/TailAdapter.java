package dev.chasqui.app;

import dev.chasqui.api.operator.LiveTail;
import dev.chasqui.api.operator.MissedEvents;
import dev.chasqui.api.operator.TailItem;
import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryStore.Attempt;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Connects projection and dispatcher to the live tail, and the tail to the journal.
final class TailAdapter implements MissedEvents {

  private static final int READ_BYTES = 4 << 20;

  private final Directory directory;
  private final Journal journal;
  private final LiveTail tail = new LiveTail(this, LiveTail.Bounds.DEFAULT);

  TailAdapter(Foundations base) {
    this.directory = base.directory();
    this.journal = base.journal();
  }

  LiveTail tail() {
    return tail;
  }

  void projected(EventRow row) {
    if (tail.isOpen()) {
      tail.event(row);
    }
  }

  void written(EventId event, EndpointId to, Settlement settlement) {
    if (!tail.isOpen()) {
      return;
    }
    Endpoint endpoint = directory.current(to);
    if (endpoint == null) {
      return;
    }
    Told told = new Told(event, endpoint);
    switch (settlement) {
      case Settlement.Delivered it ->
          tail.delivery(told.now(it.id(), DeliveryState.DELIVERED, it.attempt()));
      case Settlement.Retry it -> tail.delivery(told.retrying(it.id(), it.attempt(), it.nextAt()));
      case Settlement.Dead it -> tail.delivery(told.dead(it.id(), it.attempt(), it.reason()));
      // Nothing was tried, so nothing has changed.
      case Settlement.Returned _, Settlement.Moved _ -> {}
    }
  }

  /// Makes what is told of deliveries of an event to an endpoint.
  private record Told(EventId event, Endpoint endpoint) {

    TailItem.Delivery now(DeliveryId id, DeliveryState state, Attempt attempt) {
      return new TailItem.Delivery(id, event, endpoint, state, attempt, null, null);
    }

    TailItem.Delivery retrying(DeliveryId id, Attempt attempt, Instant nextAt) {
      DeliveryState state = DeliveryState.RETRYING;
      return new TailItem.Delivery(id, event, endpoint, state, attempt, nextAt, null);
    }

    TailItem.Delivery dead(DeliveryId id, @Nullable Attempt attempt, String reason) {
      DeliveryState state = DeliveryState.DEAD;
      return new TailItem.Delivery(id, event, endpoint, state, attempt, null, reason);
    }
  }

  @Override
  public boolean isAt(long position, EventId event) {
    try {
      return position >= journal.head()
          && position < journal.tail()
          && journal.readAt(position).fact().eventId().equals(event);
    } catch (JournalException e) {
      return false;
    }
  }

  @Override
  public Run from(WorkspaceId workspace, long position, int limit) {
    Journal.Batch batch = journal.read(position, limit, READ_BYTES);
    List<EventId> events = new ArrayList<>();
    for (Journal.Entry entry : batch.entries()) {
      if (entry.fact() instanceof Fact.Event event
          && event.origin().workspace().equals(workspace)) {
        events.add(event.eventId());
      }
    }
    return new Run(events, batch.next());
  }
}
