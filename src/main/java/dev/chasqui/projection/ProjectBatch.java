package dev.chasqui.projection;

import dev.chasqui.journal.Fact;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ItemKey;
import dev.chasqui.store.Reasons;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Projects a run of facts in memory. A fact that cannot be projected becomes a failed job, the
/// others go on. Nothing is written here; the one question to the store is which keys it has seen.
final class ProjectBatch {

  private static final System.Logger LOG = System.getLogger(ProjectBatch.class.getName());

  private final ProjectEvent projectEvent;
  private final KnownKeys knownKeys;
  private final CanonicalBody bodies;

  ProjectBatch(ProjectEvent projectEvent, KnownKeys knownKeys, CanonicalBody bodies) {
    this.projectEvent = projectEvent;
    this.knownKeys = knownKeys;
    this.bodies = bodies;
  }

  /// An event on its way.
  private sealed interface Step {
    /// Its items are known, not yet what becomes of them.
    record TakenApart(Split split) implements Step {}

    /// Rejected, or failed.
    record Decided(Draft.Event event) implements Step {}
  }

  /// @throws dev.chasqui.store.StoreException if the store cannot be asked
  Draft project(List<Journal.Entry> entries) {
    List<Step> steps = new ArrayList<>(entries.size());
    Map<EventId, Integer> sightings = new LinkedHashMap<>();
    List<ItemKey> keys = new ArrayList<>(entries.size());
    for (Journal.Entry entry : entries) {
      switch (entry.fact()) {
        case Fact.Event event -> {
          Step step = takeApart(entry, event);
          steps.add(step);
          if (step instanceof Step.TakenApart(Split split)) {
            keys.addAll(projectEvent.keysToKnow(split));
          }
        }
        case Fact.DuplicateSeen repeat -> sightings.merge(repeat.eventId(), 1, Integer::sum);
      }
    }
    Map<ItemKey, EventId> known = knownKeys.among(keys);
    List<Draft.Event> events = new ArrayList<>(steps.size());
    for (Step step : steps) {
      Draft.Event event = finish(step, known);
      event.repeated().forEach(first -> sightings.merge(first, 1, Integer::sum));
      events.add(event);
    }
    return new Draft(events, sightings);
  }

  private Step takeApart(Journal.Entry entry, Fact.Event event) {
    if (!event.verdicts().processed()) {
      return new Step.Decided(
          projectEvent.rejected(entry.position(), event, RejectedScope.of(event, bodies)));
    }
    try {
      return new Step.TakenApart(Split.of(entry, event, bodies));
    } catch (RuntimeException e) {
      return new Step.Decided(failed(entry.position(), event, e));
    }
  }

  private Draft.Event finish(Step step, Map<ItemKey, EventId> known) {
    return switch (step) {
      case Step.Decided(Draft.Event event) -> event;
      case Step.TakenApart(Split split) -> finish(split, known);
    };
  }

  private Draft.Event finish(Split split, Map<ItemKey, EventId> known) {
    try {
      return projectEvent.project(split, known);
    } catch (RuntimeException e) {
      return failed(split.position(), split.fact(), e);
    }
  }

  private Draft.Event failed(long position, Fact.Event event, RuntimeException e) {
    String reason = Reasons.of(e);
    LOG.log(
        System.Logger.Level.ERROR,
        "event {0} could not be projected ({1}); its job failed and can be retried",
        event.eventId(),
        reason);
    return projectEvent.failed(position, event, reason);
  }
}
