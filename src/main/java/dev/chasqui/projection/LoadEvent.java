package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.journal.JournalException;
import dev.chasqui.model.EventId;
import dev.chasqui.projection.EventReplay.Obstacle;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventViews;
import java.util.Optional;

/// Finds an event's row and raw bytes and takes it apart again.
final class LoadEvent {

  private final Journal journal;
  private final EventViews events;
  private final CanonicalBody bodies;

  LoadEvent(Journal journal, EventViews events, CanonicalBody bodies) {
    this.journal = journal;
    this.events = events;
    this.bodies = bodies;
  }

  sealed interface Loaded {

    /// An event with its items, and its row as it is.
    record Found(EventRow row, Split split) implements Loaded {

      EventRow.State state() {
        return row.state();
      }
    }

    /// There is nothing to work on.
    record Missing(Obstacle obstacle) implements Loaded {}
  }

  Loaded load(EventId id) {
    Optional<EventViews.EventView> view = events.find(id);
    if (view.isEmpty()) {
      return new Loaded.Missing(Obstacle.UNKNOWN);
    }
    EventRow row = view.get().row();
    try {
      Journal.Entry entry = journal.readAt(row.position());
      boolean isIt = entry.fact().eventId().equals(id);
      return isIt && entry.fact() instanceof Fact.Event event
          ? takeApart(row, entry, event)
          : new Loaded.Missing(Obstacle.GONE);
    } catch (JournalException e) {
      if (e.kind() == JournalException.Kind.GONE || e.kind() == JournalException.Kind.DAMAGED) {
        return new Loaded.Missing(Obstacle.GONE);
      }
      throw e;
    }
  }

  private Loaded takeApart(EventRow row, Journal.Entry entry, Fact.Event event) {
    try {
      return new Loaded.Found(row, Split.of(entry, event, bodies));
    } catch (RuntimeException _) {
      return new Loaded.Missing(Obstacle.FAILED);
    }
  }
}
