package dev.chasqui.operations.events;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Invocation;
import dev.chasqui.operations.Operation;
import dev.chasqui.operations.RawEvents;
import dev.chasqui.operations.Refusal;
import dev.chasqui.operations.RouteExplainer;
import dev.chasqui.operations.shape.Body;
import dev.chasqui.routing.Explanation;
import dev.chasqui.store.EventRow;
import java.util.List;

/// Tells where events go and why, by the rules of now. Nothing is stored or sent.
public final class RouteOperations {

  /// How many times its bytes explaining an envelope takes.
  private static final int SAMPLE_COST = 16;

  private final EventOperations.Reading reading;
  private final RouteExplainer explainer;

  public RouteOperations(EventOperations.Reading reading, RouteExplainer explainer) {
    this.reading = reading;
    this.explainer = explainer;
  }

  public List<Operation<?, ?>> all() {
    return List.of(
        Operation.reads("routes.explain", Stored.class, "Tells where an event goes and why")
            .one(RouteExplanation.class, this::stored),
        Operation.changes(
                "routes.explain-sample", Sample.class, "Tells where a sample envelope would go")
            .one(RouteExplanation.class, this::sample));
  }

  /// An event that came in.
  public record Stored(EventId eventId) {}

  /// An envelope as Meta would send it.
  public record Sample(@Body Bytes envelope) {}

  private RouteExplanation stored(Invocation call, Stored stored) throws InterruptedException {
    EventRow row = reading.find().byId(call, stored.eventId()).row();
    reading.memory().takeForEvent(call, row);
    return RouteExplanation.of(
        Rejection.reason(row) == null
            ? explain(call.workspace(), reading.envelope(row))
            : explainRejected(call.workspace(), row));
  }

  /// Says first that nobody gets it.
  private Explanation explainRejected(WorkspaceId workspace, EventRow row) {
    RawEvents.Raw received = reading.raw().read(row);
    String reason = String.valueOf(Rejection.reason(row, received));
    Bytes envelope = received instanceof RawEvents.Raw.Kept kept ? kept.reading().envelope() : null;
    Explanation byRules =
        envelope == null ? new Explanation(List.of(), List.of()) : explain(workspace, envelope);
    return Rejection.explanation(byRules, reason);
  }

  private RouteExplanation sample(Invocation call, Sample sample) throws InterruptedException {
    reading.memory().take(call, (long) SAMPLE_COST * sample.envelope().length());
    return RouteExplanation.of(explain(call.workspace(), sample.envelope()));
  }

  private Explanation explain(WorkspaceId workspace, Bytes envelope) {
    try {
      return explainer.explain(workspace, envelope);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("Bad envelope", "the body is no webhook envelope", e);
    }
  }
}
