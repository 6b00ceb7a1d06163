package dev.chasqui.api.operator;

import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.store.EventViews;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/// Messages and counts: what the ledger knows. It follows the projection at its own pace, so it is
/// brought up to date before it is read.
final class LedgerRoutes {

  private final EventViews events;
  private final ProjectionGate gate;

  LedgerRoutes(EventViews events, ProjectionGate gate) {
    this.events = events;
    this.gate = gate;
  }

  List<Operation> operations() {
    return List.of(
        Operation.of(
            "GET", "/api/v1/messages/{wamid}", "A message and its statuses", this::message),
        Operation.of("GET", "/api/v1/stats", "Events and deliveries by state", this::stats));
  }

  private Response message(Call call) throws InterruptedException {
    bringUpToDate();
    EventViews.MessageView view =
        events.message(call.workspace(), call.path("wamid")).orElseThrow(Call::notFound);
    return new Answer()
        .add("wamid", view.wamid())
        .add("phoneNumberId", view.phoneNumberId())
        .add("direction", view.direction())
        .add("type", view.type())
        .add("state", view.state())
        .add("contact", view.contact())
        .list("statuses", view.statuses(), LedgerRoutes::status)
        .response(200);
  }

  private static Answer status(EventViews.StatusView status) {
    return new Answer()
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

  private Response stats(Call call) {
    Answer stats = new Answer();
    events
        .counts(call.workspace())
        .forEach(
            (kind, counts) -> {
              Answer ofKind = new Answer();
              counts.forEach(ofKind::add);
              stats.add(kind, ofKind.members());
            });
    return stats.response(200);
  }

  private void bringUpToDate() throws InterruptedException {
    gate.awaitProjected(FindEvent.PATIENCE);
    gate.foldNow();
  }
}
