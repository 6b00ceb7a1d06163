package dev.chasqui.operations.events;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.DeliveryTeller;
import dev.chasqui.operations.DeliveryView;
import dev.chasqui.operations.Download;
import dev.chasqui.operations.FindEvent;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.KeptOut;
import dev.chasqui.operations.Listed;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Paging;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.operations.events.EventDetail.Notification;
import dev.chasqui.operations.shape.Flat;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.util.List;
import java.util.function.Function;

/// Events: listed, looked into, told byte by byte.
public final class EventOperations {

  private final EventViews events;
  private final DeliveryViews deliveries;
  private final Reading reading;
  private final KeptOut keptOut;
  private final Function<Invocation, DeliveryTeller> tellers;

  public EventOperations(
      EventViews events,
      DeliveryViews deliveries,
      Reading reading,
      KeptOut keptOut,
      Function<Invocation, DeliveryTeller> tellers) {
    this.events = events;
    this.deliveries = deliveries;
    this.reading = reading;
    this.keptOut = keptOut;
    this.tellers = tellers;
  }

  /// How an event is found and its bytes read.
  public record Reading(FindEvent find, UpToDate upToDate, RawEvents raw, ReadMemory memory) {

    /// What the journal still has of an event.
    ///
    /// @throws Refusal if retention has deleted it
    RawEvents.Raw.Kept kept(EventRow row) {
      return switch (raw.read(row)) {
        case RawEvents.Raw.Kept kept -> kept;
        case RawEvents.Raw.Deleted _ ->
            throw Refusal.gone("retention has deleted the event's bytes");
      };
    }

    /// What receivers are served from: the bytes received, or their translation.
    Bytes envelope(EventRow row) {
      Bytes envelope = kept(row).reading().envelope();
      if (envelope == null) {
        throw Refusal.bad("Bad envelope", "the event is no webhook envelope", null);
      }
      return envelope;
    }
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("events.list", Matching.class, "Lists events, newest first")
            .pages(EventView.class, this::list),
        Operation.reads("events.get", One.class, "Tells all about an event")
            .one(EventDetail.class, this::get),
        Operation.reads("events.notifications", Parts.class, "Lists what is in an event")
            .pages(Notification.class, this::notifications),
        Operation.reads("events.deliveries", Parts.class, "Lists the deliveries of an event")
            .pages(DeliveryView.class, this::deliveries),
        Operation.readsContent("events.raw", One.class, "Tells the exact bytes received")
            .raw("application/octet-stream", this::raw),
        Operation.readsContent("events.envelope", One.class, "Tells an event as Meta's envelope")
            .raw("application/json", this::envelope));
  }

  /// A page of the events that match.
  public record Matching(@Flat EventFilter filter, @Flat Paging page) {}

  /// One event.
  public record One(EventId id) {}

  /// A page of what belongs to an event.
  public record Parts(EventId id, @Flat Paging page) {}

  private Listed<EventView> list(Invocation call, Matching wanted) throws InterruptedException {
    EventViews.Filter filter = wanted.filter().stored();
    reading.upToDate().projected(call);
    return Listed.read(
        wanted.page(), page -> events.list(call.workspace(), filter, page), EventView::of);
  }

  private EventDetail get(Invocation call, One one) throws InterruptedException {
    EventViews.EventView view = reading.find().byId(call, one.id());
    EventRow row = view.row();
    reading.memory().takeForEvent(call, row);
    RawEvents.Raw received = reading.raw().read(row);
    return new EventDetail(
        EventView.of(view, Rejection.reason(row, received)),
        EventDetail.Scope.of(row),
        received(call, row, received),
        owed(call, view));
  }

  private EventDetail.Received received(Invocation call, EventRow row, RawEvents.Raw received) {
    Page<EventRow.Item> items = events.items(row.id(), first());
    List<Notification> notifications = items.data().stream().map(Notification::of).toList();
    return switch (received) {
      case RawEvents.Raw.Kept kept ->
          new EventDetail.Received(
              notifications,
              items.nextCursor(),
              call.mayReadContent() ? EventDetail.Header.of(kept) : null,
              call.mayReadContent() ? kept.query() : null,
              kept.reading().authentication());
      case RawEvents.Raw.Deleted _ ->
          new EventDetail.Received(notifications, items.nextCursor(), null, null, null);
    };
  }

  private EventDetail.Owed owed(Invocation call, EventViews.EventView view) {
    EventId id = view.row().id();
    DeliveryTeller teller = tellers.apply(call);
    Explanation kept = keptOut.of(view);
    Page<DeliveryViews.DeliveryView> owed = deliveries.ofEvent(id, first());
    return new EventDetail.Owed(
        owed.data().stream().map(teller::tell).toList(),
        owed.nextCursor(),
        kept.lines().stream().map(line -> teller.keptOut(id, line)).toList(),
        kept.notes());
  }

  private static PageRequest first() {
    return new PageRequest(PageRequest.MAX, null);
  }

  private Listed<Notification> notifications(Invocation call, Parts of)
      throws InterruptedException {
    EventId id = reading.find().byId(call, of.id()).row().id();
    return Listed.read(of.page(), page -> events.items(id, page), Notification::of);
  }

  private Listed<DeliveryView> deliveries(Invocation call, Parts of) throws InterruptedException {
    EventId id = reading.find().byId(call, of.id()).row().id();
    reading.memory().take(call, ReadMemory.PAGE_BYTES);
    return Listed.read(of.page(), page -> deliveries.ofEvent(id, page), tellers.apply(call)::tell);
  }

  /// Whatever was received is told as a download of no particular type, so that no browser takes it
  /// for a page.
  private Download raw(Invocation call, One one) throws InterruptedException {
    EventRow row = reading.find().byId(call, one.id()).row();
    reading.memory().takeForEvent(call, row);
    return new Download(reading.kept(row).body(), row.id().toString());
  }

  private Download envelope(Invocation call, One one) throws InterruptedException {
    EventRow row = reading.find().byId(call, one.id()).row();
    reading.memory().takeForEvent(call, row);
    return new Download(reading.envelope(row), null);
  }
}
