package dev.chasqui.api.operator;

import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.EndpointStates;
import dev.chasqui.operations.Replayer;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.DeliveryViews.DeliveryView;
import dev.chasqui.store.ResourceStore;
import java.util.List;

/// Has what waits tried at once instead of when its schedule says: all of an endpoint, one
/// delivery, or those that match a filter.
final class RetryRoutes {

  private static final String DELIVERIES = "/api/v1/deliveries/retry-now";
  private static final String DELIVERY = "/api/v1/deliveries/{id}/retry-now";
  private static final String REPLAYS = "/api/v1/replays/";

  private final ResourceStore resources;
  private final DeliveryViews deliveries;
  private final EndpointHealths healths;
  private final Replayer replayer;

  RetryRoutes(
      ResourceStore resources,
      DeliveryViews deliveries,
      EndpointHealths healths,
      Replayer replayer) {
    this.resources = resources;
    this.deliveries = deliveries;
    this.healths = healths;
    this.replayer = replayer;
  }

  List<Served> operations() {
    return List.of(
        Served.of("POST", DELIVERIES, "Tries what waits and matches now", this::matching),
        Served.of("POST", DELIVERY, "Tries a delivery that waits now", this::delivery));
  }

  private Response delivery(OperatorCall call) throws InterruptedException {
    call.refuseBody();
    DeliveryId id = call.pathId("id", DeliveryId::parse);
    DeliveryView view = deliveries.find(id).orElseThrow(OperatorCall::notFound);
    Endpoint endpoint = own(call, view.endpoint());
    Replayer.refuseUnlessOn(endpoint);
    String objection = objection(view);
    if (!objection.isEmpty()) {
      throw conflict(objection);
    }
    if (!replayer.retryNow(id, endpoint.id())) {
      throw conflict("it is under way or over by now; look at GET /api/v1/deliveries/" + id);
    }
    return new JsonAnswer()
        .text("id", id)
        .text("endpointId", endpoint.id())
        .add("endpointState", EndpointStates.of(endpoint, healths.of(endpoint.id())))
        .response(202);
  }

  private Response matching(OperatorCall call) throws InterruptedException {
    Replayer.Started started = replayer.start(call.workspace(), ReplayBody.readWaiting(call));
    return new JsonAnswer()
        .text("id", started.id())
        .add("count", started.count())
        .response(202)
        .with("Location", REPLAYS + started.id());
  }

  private static String objection(DeliveryView view) {
    if (view.state() == DeliveryState.LEASED) {
      return "it is under way";
    }
    if (view.state().isTerminal()) {
      return "it is " + view.state().wire() + "; POST /api/v1/replays sends it again";
    }
    return view.ending().nextAttemptAt() == null
        ? "it waits for an earlier delivery of its contact"
        : "";
  }

  private Endpoint own(OperatorCall call, EndpointId id) {
    return resources
        .endpoint(id)
        .filter(it -> it.workspace().equals(call.workspace()))
        .orElseThrow(OperatorCall::notFound);
  }

  private static ProblemException conflict(String reason) {
    return new ProblemException(409, "Conflict", reason);
  }
}
