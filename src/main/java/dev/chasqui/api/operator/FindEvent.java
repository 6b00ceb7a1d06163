package dev.chasqui.api.operator;

import dev.chasqui.model.EventId;
import dev.chasqui.operations.ProjectionGate;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import java.time.Duration;
import java.util.Optional;

/// Finds an event of the caller's workspace. One that was just acknowledged may not be projected
/// yet: before "not found" is said, the projection gets a while to come up to it.
final class FindEvent {

  static final Duration MAX_WAIT = Duration.ofSeconds(5);

  /// What has begun is written some milliseconds later.
  static final Duration MOMENT = Duration.ofSeconds(1);

  private final EventViews events;
  private final ProjectionGate gate;

  FindEvent(EventViews events, ProjectionGate gate) {
    this.events = events;
    this.gate = gate;
  }

  UpToDate upToDate() {
    return new UpToDate(gate);
  }

  EventView byPath(OperatorCall call) throws InterruptedException {
    return byId(call, call.pathId("id", EventId::parse));
  }

  EventView byId(OperatorCall call, EventId id) throws InterruptedException {
    Optional<EventView> found = events.find(id);
    UpToDate.Mark mark = UpToDate.Mark.NOW;
    if (found.isEmpty()) {
      mark = upToDate().within(MAX_WAIT);
      found = events.find(id);
    }
    return found
        .filter(it -> it.row().origin().workspace().equals(call.workspace()))
        .orElseThrow(mark::notFound);
  }
}
