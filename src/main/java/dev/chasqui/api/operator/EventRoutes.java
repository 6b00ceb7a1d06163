package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.DeliveryTeller;
import dev.chasqui.operations.DeliveryView;
import dev.chasqui.operations.KeptOut;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.RouteExplainer;
import dev.chasqui.operations.shape.Output;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.util.List;
import java.util.function.Function;

/// Events: listed, looked into, told byte by byte, and explained.
final class EventRoutes {

  private static final String ROOT = "/api/v1/events";

  /// How many times its bytes explaining an envelope takes.
  private static final int SAMPLE_COST = 16;

  private final EventViews events;
  private final DeliveryViews deliveries;
  private final FindEvent find;
  private final RawEvents raw;
  private final Writers writers;

  EventRoutes(
      EventViews events, DeliveryViews deliveries, FindEvent find, RawEvents raw, Writers writers) {
    this.events = events;
    this.deliveries = deliveries;
    this.find = find;
    this.raw = raw;
    this.writers = writers;
  }

  /// What answers beside the row are made with.
  record Writers(
      Function<OperatorCall, DeliveryTeller> deliveries,
      RouteExplainer explainer,
      KeptOut keptOut,
      ReadMemory memory) {}

  List<Served> operations() {
    String explain = "/api/v1/routes/explain";
    return List.of(
        Served.of("GET", ROOT, "Lists events, newest first", this::list).with(EventFilters.EVENT),
        Served.of("GET", ROOT + "/{id}", "Tells all about an event", this::detail),
        Served.of("GET", ROOT + "/{id}/notifications", "Lists what is in an event", this::items)
            .with("limit", "cursor"),
        Served.of("GET", ROOT + "/{id}/deliveries", "Lists the deliveries of an event", this::owed)
            .with("limit", "cursor"),
        Served.of("GET", ROOT + "/{id}/raw", "The exact bytes received", this::raw).ofContent(),
        Served.of("GET", ROOT + "/{id}/envelope", "The same as Meta's envelope", this::envelope)
            .ofContent(),
        Served.of("GET", explain, "Tells where an event goes and why", this::explainStored)
            .with("eventId"),
        Served.of("POST", explain, "The same for a sample envelope", this::explainSample));
  }

  private Response list(OperatorCall call) throws InterruptedException {
    EventViews.Filter filter = EventFilters.events(call);
    return find.upToDate()
        .projected()
        .on(
            ListPage.read(
                call.page(),
                page -> events.list(call.workspace(), filter, page),
                EventJson::event));
  }

  private Response detail(OperatorCall call) throws InterruptedException {
    EventViews.EventView view = find.byPath(call);
    return writers.memory().ofEvent(view.row(), () -> detail(call, view));
  }

  /// With the first page of its notifications and of its deliveries.
  private Response detail(OperatorCall call, EventViews.EventView view) {
    EventId id = view.row().id();
    PageRequest first = new PageRequest(PageRequest.MAX, null);
    Page<EventRow.Item> items = events.items(id, first);
    JsonAnswer body =
        EventJson.detail(view)
            .list("notifications", items.data(), EventJson::item)
            .add("notificationsCursor", items.nextCursor());
    RawEvents.Raw received = raw.read(view.row());
    body.add("reason", Rejection.reason(view.row(), received));
    switch (received) {
      case RawEvents.Raw.Kept kept ->
          EventJson.headers(body, call, kept)
              .add("query", call.mayReadContent() ? kept.query() : null)
              .add("authentication", kept.reading().authentication());
      case RawEvents.Raw.Deleted _ ->
          body.nothing("headers").nothing("query").nothing("authentication");
    }
    DeliveryTeller teller = writers.deliveries().apply(call);
    Explanation keptOut = writers.keptOut().of(view);
    Page<DeliveryViews.DeliveryView> owed = deliveries.ofEvent(id, first);
    return body.list("deliveries", owed.data(), it -> told(teller.tell(it)))
        .add("deliveriesCursor", owed.nextCursor())
        .list("keptOut", keptOut.lines(), line -> told(teller.keptOut(id, line)))
        .add("notes", keptOut.notes())
        .response(200);
  }

  private Response items(OperatorCall call) throws InterruptedException {
    EventId id = find.byPath(call).row().id();
    return ListPage.read(call.page(), page -> events.items(id, page), EventJson::item);
  }

  private Response owed(OperatorCall call) throws InterruptedException {
    EventId id = find.byPath(call).row().id();
    DeliveryTeller teller = writers.deliveries().apply(call);
    return writers
        .memory()
        .of(
            ReadMemory.PAGE_BYTES,
            () ->
                ListPage.read(
                    call.page(),
                    page -> deliveries.ofEvent(id, page),
                    it -> told(teller.tell(it))));
  }

  private static JsonAnswer told(DeliveryView view) {
    return new JsonAnswer().all(Output.of(view));
  }

  /// Whatever was received is told as a download of no particular type, so that no browser takes it
  /// for a page.
  private Response raw(OperatorCall call) throws InterruptedException {
    EventViews.EventView view = find.byPath(call);
    String name = "attachment; filename=\"" + view.row().id() + "\"";
    return writers
        .memory()
        .ofEvent(
            view.row(),
            () ->
                Response.of(200, "application/octet-stream", body(view))
                    .with("Content-Disposition", name));
  }

  /// What receivers are served from: the bytes received, or their translation.
  private Response envelope(OperatorCall call) throws InterruptedException {
    EventViews.EventView view = find.byPath(call);
    return writers.memory().ofEvent(view.row(), () -> Response.json(200, envelope(view)));
  }

  private Response explainStored(OperatorCall call) throws InterruptedException {
    EventId id = call.query("eventId", EventId::parse);
    if (id == null) {
      throw OperatorCall.badQuery("eventId", "is required");
    }
    EventViews.EventView view = find.byId(call, id);
    return writers
        .memory()
        .ofEvent(
            view.row(),
            () ->
                Rejection.reason(view.row()) == null
                    ? explain(call, envelope(view))
                    : explainRejected(call, view));
  }

  /// Says first that nobody gets it.
  private Response explainRejected(OperatorCall call, EventViews.EventView view) {
    RawEvents.Raw received = raw.read(view.row());
    String reason = String.valueOf(Rejection.reason(view.row(), received));
    Bytes envelope = received instanceof RawEvents.Raw.Kept kept ? kept.reading().envelope() : null;
    Explanation byRules =
        envelope == null
            ? new Explanation(List.of(), List.of())
            : writers.explainer().explain(call.workspace(), envelope);
    return ExplanationJson.write(Rejection.explanation(byRules, reason)).response(200);
  }

  private Response explainSample(OperatorCall call) throws InterruptedException {
    Bytes sample = call.request().body();
    return writers.memory().of((long) SAMPLE_COST * sample.length(), () -> explain(call, sample));
  }

  private Response explain(OperatorCall call, Bytes envelope) {
    try {
      Explanation explanation = writers.explainer().explain(call.workspace(), envelope);
      return ExplanationJson.write(explanation).response(200);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "Bad envelope", "the body is no webhook envelope", e);
    }
  }

  private Bytes body(EventViews.EventView view) {
    return kept(view).body();
  }

  private Bytes envelope(EventViews.EventView view) {
    Bytes envelope = kept(view).reading().envelope();
    if (envelope == null) {
      throw new ProblemException(400, "Bad envelope", "the event is no webhook envelope");
    }
    return envelope;
  }

  private RawEvents.Raw.Kept kept(EventViews.EventView view) {
    return switch (raw.read(view.row())) {
      case RawEvents.Raw.Kept kept -> kept;
      case RawEvents.Raw.Deleted _ ->
          throw new ProblemException(410, "Gone", "retention has deleted the event's bytes");
    };
  }
}
