package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.model.EventId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.operations.UpToDate;
import dev.chasqui.store.EventViews;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;

/// Messages and counts: what the ledger knows. It follows the projection at its own pace, so it is
/// brought up to date before it is read.
final class LedgerRoutes {

  private final EventViews events;
  private final SubmissionRoutes submissions;
  private final UpToDate upToDate;

  LedgerRoutes(EventViews events, SubmissionRoutes submissions, ProjectionGate gate) {
    this.events = events;
    this.submissions = submissions;
    this.upToDate = new UpToDate(gate);
  }

  List<Served> operations() {
    return List.of(
        Served.of("GET", "/api/v1/messages/{wamid}", "A message and its statuses", this::message),
        Served.of("GET", "/api/v1/stats", "Events and deliveries by state", this::stats));
  }

  /// The path names the message, or the submission that it came of.
  private Response message(OperatorCall call) throws InterruptedException {
    Invocation seen = call.invocation();
    upToDate.withLedger(seen);
    Optional<EventId> submission = SubmissionRoutes.id(call.path("wamid"));
    if (submission.isEmpty()) {
      return Answers.noted(message(call, call.path("wamid"), seen), seen);
    }
    Optional<JsonAnswer> open = submissions.withoutMessage(call, submission.get());
    if (open.isPresent()) {
      return Answers.noted(open.get().response(200), seen);
    }
    String wamid =
        submissions.message(call, submission.get()).orElseThrow(() -> UpToDate.notFound(seen));
    return Answers.noted(message(call, wamid, seen), seen);
  }

  private Response message(OperatorCall call, String wamid, Invocation seen) {
    EventViews.MessageView view =
        events.message(call.workspace(), wamid).orElseThrow(() -> UpToDate.notFound(seen));
    return new JsonAnswer()
        .add("wamid", view.wamid())
        .add("phoneNumberId", view.phoneNumberId())
        .add("direction", view.direction())
        .add("type", view.type())
        .add("state", view.state())
        .add("contact", view.contact())
        .list("statuses", view.statuses(), LedgerRoutes::status)
        .response(200);
  }

  private static JsonAnswer status(EventViews.StatusView status) {
    return new JsonAnswer()
        .add("status", status.status())
        .time("at", status.at())
        .add("participant", status.participant())
        .add("errorCodes", codes(status.errorCodes()))
        .text("eventId", status.event());
  }

  private static ArrayNode codes(List<Long> codes) {
    ArrayNode list = Json.array();
    codes.forEach(list::add);
    return list;
  }

  private Response stats(OperatorCall call) throws InterruptedException {
    Invocation seen = call.invocation();
    upToDate.projected(seen);
    JsonAnswer stats = new JsonAnswer();
    events
        .counts(call.workspace())
        .forEach(
            (kind, counts) -> {
              JsonAnswer ofKind = new JsonAnswer();
              counts.forEach(ofKind::add);
              stats.add(kind, ofKind.members());
            });
    return Answers.noted(stats.response(200), seen);
  }
}
