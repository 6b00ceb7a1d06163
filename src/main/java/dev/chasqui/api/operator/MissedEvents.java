package dev.chasqui.api.operator;

import dev.chasqui.model.EventId;
import dev.chasqui.model.WorkspaceId;
import java.util.List;

/// Tells a tail that was interrupted what came in meanwhile; `app` leads it to the journal.
public interface MissedEvents {

  /// Whether an event stands at a position of the journal.
  boolean isAt(long position, EventId event);

  /// The events of a workspace at and after a position, in order.
  ///
  /// @param limit how many facts are looked at
  Run from(WorkspaceId workspace, long position, int limit);

  /// A run of events.
  ///
  /// @param next where to go on; the position asked for if there is nothing more
  record Run(List<EventId> events, long next) {
    public Run {
      events = List.copyOf(events);
    }
  }
}
