package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.Page;
import dev.chasqui.store.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Deliveries and dead letters.
final class DeliveryRoutes {

  private static final String ROOT = "/api/v1/deliveries";
  private static final String DEAD = "/api/v1/dead-letters";

  /// How many pages are looked through for one that holds anything of a lane.
  private static final int MAX_PAGES = 20;

  /// What a page takes while it is made, about: a megabyte of texts, read and written.
  static final int PAGE_BYTES = 4 << 20;

  private final DeliveryViews deliveries;
  private final EventViews events;
  private final ProjectionGate gate;
  private final Writers writers;
  private final DeliveryJson json;

  DeliveryRoutes(
      DeliveryViews deliveries, EventViews events, ProjectionGate gate, Writers writers) {
    this.deliveries = deliveries;
    this.events = events;
    this.gate = gate;
    this.writers = writers;
    this.json = writers.json();
  }

  /// What answers are made with.
  record Writers(DeliveryJson json, KeptOut keptOut, ReadMemory memory) {}

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists deliveries, newest first", this::list)
            .with(EventFilters.DELIVERY),
        Served.of("GET", ROOT + "/{id}", "Tells a delivery with its attempts", this::get),
        Served.of("GET", DEAD, "Lists dead letters, newest first", this::dead)
            .with("eventId", "endpointId", "reason", "since", "until", "limit", "cursor"),
        Served.of("GET", DEAD + "/groups", "Dead letters by endpoint and cause", this::groups)
            .with("limit"));
  }

  private Response list(OperatorCall call) throws InterruptedException {
    DeliveryViews.Filter filter = EventFilters.deliveries(call);
    UpToDate.Mark mark = new UpToDate(gate).projected();
    if (filter.event() != null && events.find(filter.event()).isEmpty()) {
      gate.awaitProjected(FindEvent.MAX_WAIT);
    }
    EventId event = filter.event();
    boolean isOfKeptOut = filter.state() == DeliveryState.FILTERED && filter.reason() == null;
    Optional<EventView> keptOut =
        event != null && isOfKeptOut ? own(call, event) : Optional.empty();
    return mark.on(
        keptOut.isPresent() ? filtered(call, filter, keptOut.get()) : page(call, filter));
  }

  /// The rows, and after the last of them those for which there is none, as many as the page holds.
  private Response filtered(OperatorCall call, DeliveryViews.Filter filter, EventView event)
      throws InterruptedException {
    return writers.memory().ofEvent(event.row(), () -> filteredPage(call, filter, event));
  }

  private Response filteredPage(OperatorCall call, DeliveryViews.Filter filter, EventView event) {
    DeliveryJson.Writer writer = json.writer(call);
    Lane lane = EventFilters.lane(call);
    return ListPage.read(
        call.page(),
        page -> {
          Page<DeliveryView> read = read(call.workspace(), filter, page, lane);
          List<JsonAnswer> all = new ArrayList<>(read.data().stream().map(writer::write).toList());
          if (read.nextCursor() == null) {
            keptOut(event, filter.endpoint()).stream()
                .filter(line -> lane == null || json.lane(line.endpoint().id()) == lane)
                .limit(page.limit() - all.size())
                .forEach(line -> all.add(writer.keptOut(event.row().id(), line)));
          }
          return new Page<>(all, read.nextCursor());
        },
        Function.identity());
  }

  private Optional<EventView> own(OperatorCall call, EventId event) {
    return events.find(event).filter(it -> it.row().origin().workspace().equals(call.workspace()));
  }

  private List<Explanation.Line> keptOut(EventView event, @Nullable EndpointId only) {
    return writers.keptOut().of(event).lines().stream()
        .filter(line -> only == null || line.endpoint().id().equals(only))
        .toList();
  }

  private Response dead(OperatorCall call) throws InterruptedException {
    DeliveryViews.Filter filter = EventFilters.deadLetters(call);
    return new UpToDate(gate).projected().on(page(call, filter));
  }

  private Response page(OperatorCall call, DeliveryViews.Filter filter)
      throws InterruptedException {
    DeliveryJson.Writer writer = json.writer(call);
    Lane lane = EventFilters.lane(call);
    PageRequest wanted = call.page();
    return writers
        .memory()
        .of(
            PAGE_BYTES,
            () ->
                ListPage.read(
                    wanted, page -> read(call.workspace(), filter, page, lane), writer::write));
  }

  /// Of a lane's deliveries a page may hold fewer than the limit and still not be the last.
  private Page<DeliveryView> read(
      WorkspaceId workspace, DeliveryViews.Filter filter, PageRequest page, @Nullable Lane lane) {
    Page<DeliveryView> read = deliveries.list(workspace, filter, page);
    if (lane == null) {
      return read;
    }
    for (int pages = 1; ; pages++) {
      List<DeliveryView> inLane =
          read.data().stream().filter(it -> json.lane(it.endpoint()) == lane).toList();
      String next = read.nextCursor();
      if (!inLane.isEmpty() || next == null || pages == MAX_PAGES) {
        return new Page<>(inLane, next);
      }
      read = deliveries.list(workspace, filter, new PageRequest(page.limit(), next));
    }
  }

  private Response get(OperatorCall call) throws InterruptedException {
    DeliveryId id = call.pathId("id", DeliveryId::parse);
    Optional<DeliveryView> found = deliveries.find(id);
    if (found.isEmpty() && gate.awaitCommitted(FindEvent.MOMENT)) {
      found = deliveries.find(id);
    }
    DeliveryView view = found.orElseThrow(OperatorCall::notFound);
    boolean own =
        events
            .find(view.source().event())
            .filter(it -> it.row().origin().workspace().equals(call.workspace()))
            .isPresent();
    if (!own) {
      throw OperatorCall.notFound();
    }
    return json.writer(call).write(view).response(200);
  }

  private Response groups(OperatorCall call) {
    PageRequest page = call.page();
    return JsonAnswer.whole(
        deliveries.deadGroups(call.workspace(), page.limit()), DeliveryRoutes::group);
  }

  private static JsonAnswer group(DeliveryViews.DeadGroup group) {
    return new JsonAnswer()
        .text("endpointId", group.endpoint())
        .add("reason", group.reason())
        .add("count", group.count())
        .text("newest", group.newest());
  }
}
