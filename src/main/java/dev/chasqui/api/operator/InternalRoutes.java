package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.ReadMemory;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.Replayer.Selection;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Page;
import java.util.List;

/// Webhooks in the shapes of Switchbord's `/internal/webhooks`, for tools that were written for it.
final class InternalRoutes {

  private static final String ROOT = "/internal/webhooks";

  /// How many of the newest replays a webhook's detail tells.
  private static final int REPLAYS = 20;

  private final EventViews events;
  private final JobStore jobs;
  private final FindEvent find;
  private final Reading reading;
  private final Replayer replayer;

  InternalRoutes(
      EventViews events, JobStore jobs, FindEvent find, Reading reading, Replayer replayer) {
    this.events = events;
    this.jobs = jobs;
    this.find = find;
    this.reading = reading;
    this.replayer = replayer;
  }

  /// How what came in is read.
  record Reading(RawEvents raw, ReadMemory memory) {}

  List<Served> operations() {
    return List.of(
        Served.of("GET", ROOT, "Lists webhooks in Switchbord's shape", this::list)
            .with(EventFilters.EVENT),
        Served.of("GET", ROOT + "/{id}", "A webhook in Switchbord's shape", this::get),
        Served.of("POST", ROOT + "/{id}/replay", "Processes a webhook again", this::replay));
  }

  private Response list(OperatorCall call) throws InterruptedException {
    EventViews.Filter filter = EventFilters.events(call);
    UpToDate.Mark mark = find.upToDate().projected();
    Page<EventView> read =
        ListPage.page(call.page(), page -> events.list(call.workspace(), filter, page));
    return mark.on(
        new JsonAnswer().list("webhooks", read.data(), InternalRoutes::webhook).response(200));
  }

  private Response get(OperatorCall call) throws InterruptedException {
    return ifFound(call, view -> reading.memory().ofEvent(view.row(), () -> told(call, view)));
  }

  private Response told(OperatorCall call, EventView view) {
    JsonAnswer webhook =
        webhook(view)
            .add("normalizationStatus", view.row().state().wire())
            .add("sightings", view.sightings());
    switch (reading.raw().read(view.row())) {
      case RawEvents.Raw.Kept kept ->
          EventJson.headers(webhook, call, kept)
              .add("replayable", view.row().state() != EventRow.State.REJECTED);
      case RawEvents.Raw.Deleted _ -> webhook.nothing("headers").add("replayable", false);
    }
    List<JobStore.Replay> replays = jobs.replaysOf(call.workspace(), view.row().id(), REPLAYS);
    webhook.list("replays", replays, InternalRoutes::replayed);
    return new JsonAnswer().add("webhook", webhook.members()).response(200);
  }

  private Response replay(OperatorCall call) throws InterruptedException {
    call.refuseBody();
    return ifFound(
        call,
        view -> {
          Selection selection = new Selection.Events(List.of(view.row().id()));
          Replayer.Order order = new Replayer.Order(selection, null, null, false);
          Replayer.Started started;
          try {
            started = replayer.start(call.workspace(), order);
          } catch (IllegalArgumentException e) {
            return new JsonAnswer()
                .add("error", "not_replayable")
                .add("reason", String.valueOf(e.getMessage()))
                .response(409);
          }
          return new JsonAnswer()
              .text("webhookEventId", view.row().id())
              .text("replayId", started.id())
              .response(202);
        });
  }

  private Response ifFound(OperatorCall call, Found found) throws InterruptedException {
    EventView view;
    try {
      view = find.byPath(call);
    } catch (ProblemException e) {
      return new JsonAnswer().add("error", "webhook_not_found").response(404);
    }
    return found.answer(view);
  }

  /// Answers for an event that is there.
  @FunctionalInterface
  private interface Found {
    Response answer(EventView view) throws InterruptedException;
  }

  private static JsonAnswer replayed(JobStore.Replay replay) {
    return new JsonAnswer()
        .text("id", replay.id())
        .time("requestedAt", replay.id().ulid().time())
        .add("state", replay.state())
        .add("total", replay.progress().total())
        .add("done", replay.progress().done())
        .time("updatedAt", replay.progress().updatedAt());
  }

  private static JsonAnswer webhook(EventView view) {
    JsonAnswer event = EventJson.event(view);
    event
        .members()
        .retain("id", "source", "topic", "deliveryId", "signatureValid", "bodyHash", "receivedAt");
    return event;
  }
}
