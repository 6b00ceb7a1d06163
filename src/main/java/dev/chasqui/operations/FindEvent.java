package dev.chasqui.operations;

import dev.chasqui.model.EventId;
import dev.chasqui.store.EventViews;
import dev.chasqui.store.EventViews.EventView;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds an event of the caller's workspace. One that was just acknowledged may not be projected
/// yet: before "not found" is said, the projection gets a while to come up to it.
public final class FindEvent {

  private final EventViews events;
  private final ProjectionGate gate;

  public FindEvent(EventViews events, ProjectionGate gate) {
    this.events = events;
    this.gate = gate;
  }

  /// @throws Refusal if there is none
  public EventView byId(Invocation call, EventId id) throws InterruptedException {
    Optional<EventView> found = events.find(id);
    Duration behind = null;
    if (found.isEmpty()) {
      behind = behind();
      found = events.find(id);
    }
    @Nullable Duration lacking = behind;
    return found
        .filter(it -> it.row().origin().workspace().equals(call.workspace()))
        .orElseThrow(() -> UpToDate.notFound(lacking));
  }

  private @Nullable Duration behind() throws InterruptedException {
    return gate.awaitProjected(UpToDate.MAX_WAIT) ? null : gate.behind();
  }
}
