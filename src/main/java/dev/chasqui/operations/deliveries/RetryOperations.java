package dev.chasqui.operations.deliveries;

import dev.chasqui.json.JsonBody;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.operations.EndpointHealths;
import dev.chasqui.operations.EndpointStates;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.ReplayFilter;
import dev.chasqui.operations.Replayer;
import dev.chasqui.operations.shape.Body;
import dev.chasqui.operations.shape.Bounds;
import dev.chasqui.operations.shape.Doc;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.operations.shape.Like;
import dev.chasqui.operations.shape.Words;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.ResourceStore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Has what waits tried at once instead of when its schedule says: one delivery, or those that
/// match a filter.
public final class RetryOperations {

  private static final double MIN_RATE = 0.01;
  private static final double MAX_RATE = 100_000;

  private final ResourceStore resources;
  private final DeliveryViews deliveries;
  private final EndpointHealths healths;
  private final Replayer replayer;

  public RetryOperations(
      ResourceStore resources,
      DeliveryViews deliveries,
      EndpointHealths healths,
      Replayer replayer) {
    this.resources = resources;
    this.deliveries = deliveries;
    this.healths = healths;
    this.replayer = replayer;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.changes(
                "deliveries.retry-matching", Matching.class, "Tries what waits and matches now")
            .one(Begun.class, this::matching),
        Operation.changes("deliveries.retry-now", One.class, "Tries a delivery that waits now")
            .one(Tried.class, this::delivery));
  }

  /// What is to be tried.
  public record Matching(@Body @Like(Wanted.class) ObjectNode wanted) {}

  /// Which deliveries, and how fast.
  public record Wanted(
      @Doc("Of pending and retrying deliveries; one member or more.") ReplayFilter filter,
      @Bounds(min = MIN_RATE, max = MAX_RATE) @Doc("Deliveries a second; no limit without it.")
          @Nullable Double ratePerSecond) {}

  /// One delivery.
  public record One(DeliveryId id) {}

  /// A replay that was begun.
  public record Begun(ReplayId id, @Doc("How many deliveries it is about.") long count) {}

  /// A delivery that is tried now.
  public record Tried(
      DeliveryId id,
      EndpointId endpointId,
      @Words({"healthy", "degraded", "failing", "paused", "disabled", "removed"})
          String endpointState) {}

  private Begun matching(Invocation call, Matching matching) throws InterruptedException {
    Replayer.Started started = replayer.start(call.workspace(), order(matching.wanted()));
    ReplayId id = started.id();
    if (id == null) {
      throw new IllegalStateException("a replay that is no dry run has an id");
    }
    return new Begun(id, started.count());
  }

  private static Replayer.Order order(ObjectNode wanted) {
    Fields fields = new Fields(JsonBody.of(wanted));
    if (!fields.has("filter")) {
      fields.fault("filter", "is required");
    }
    DeliveryViews.Filter filter = ReplayFilter.read(fields, RetryOperations::waitingState);
    double rate = fields.number("ratePerSecond", MIN_RATE, MAX_RATE, -1);
    fields.refuseNulls("ratePerSecond");
    fields.check();
    Replayer.Selection selection = new Replayer.Selection.Waiting(filter);
    return new Replayer.Order(selection, null, rate < 0 ? null : (Double) rate, false);
  }

  private static @Nullable DeliveryState waitingState(Fields filter) {
    DeliveryState state = filter.parsed("state", DeliveryState::ofWire);
    if (state != null && state != DeliveryState.PENDING && state != DeliveryState.RETRYING) {
      filter.fault("state", "must be pending or retrying; POST /api/v1/replays is for others");
    }
    return state;
  }

  private Tried delivery(Invocation call, One one) {
    DeliveryId id = one.id();
    DeliveryViews.DeliveryView row = deliveries.find(id).orElseThrow(Refusal::notFound);
    Endpoint endpoint =
        resources
            .endpoint(row.endpoint())
            .filter(it -> it.workspace().equals(call.workspace()))
            .orElseThrow(Refusal::notFound);
    Replayer.refuseUnlessOn(endpoint);
    String objection = objection(row);
    if (!objection.isEmpty()) {
      throw Refusal.conflict(objection);
    }
    if (!replayer.retryNow(id, endpoint.id())) {
      throw Refusal.conflict(
          "it is under way or over by now; look at GET /api/v1/deliveries/" + id);
    }
    String state = EndpointStates.of(endpoint, healths.of(endpoint.id()));
    return new Tried(id, endpoint.id(), state);
  }

  private static String objection(DeliveryViews.DeliveryView row) {
    if (row.state() == DeliveryState.LEASED) {
      return "it is under way";
    }
    if (row.state().isTerminal()) {
      return "it is " + row.state().wire() + "; POST /api/v1/replays sends it again";
    }
    return row.ending().nextAttemptAt() == null
        ? "it waits for an earlier delivery of its contact"
        : "";
  }
}
