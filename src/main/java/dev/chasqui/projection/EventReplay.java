package dev.chasqui.projection;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.projection.LoadEvent.Loaded;
import dev.chasqui.routing.RoutingTable;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.Reasons;
import dev.chasqui.store.Store;
import dev.chasqui.store.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Processes stored events once more from their raw bytes: replays, retries of failed jobs, and
/// rejected events that turned out to be good. The deliveries have the ids they had before, so what
/// is owed already is made due again and not owed twice. The caller wakes the dispatcher. Blocking;
/// safe for use by many threads. A fault of the store is thrown as it is, and the same call may be
/// made again.
public final class EventReplay {

  private final LoadEvent loadEvent;
  private final Store store;
  private final Supplier<RoutingTable> routing;
  private final ProjectEvent projectEvent;
  private final KnownKeys knownKeys;
  private final Clock clock;

  record Parts(ProjectEvent projectEvent, KnownKeys knownKeys, Clock clock) {}

  EventReplay(LoadEvent loadEvent, Store store, Supplier<RoutingTable> routing, Parts parts) {
    this.loadEvent = loadEvent;
    this.store = store;
    this.routing = routing;
    this.projectEvent = parts.projectEvent();
    this.knownKeys = parts.knownKeys();
    this.clock = parts.clock();
  }

  /// The result of processing an event again.
  public sealed interface Replayed {

    /// The event was processed.
    ///
    /// @param deliveries the deliveries it owes, new ones and those due again
    /// @param due how many of them are due now; deliveries under way or waiting already are left
    ///   alone
    record Done(List<ProjectionStore.Owed> deliveries, int due) implements Replayed {}

    /// The event was not processed, and nothing was changed.
    record Not(Obstacle obstacle) implements Replayed {}
  }

  /// Why an event cannot be processed again.
  public enum Obstacle {
    /// No such event, job or endpoint.
    UNKNOWN,
    /// The journal's retention has deleted the raw bytes.
    GONE,
    /// It was rejected; it must be verified again first.
    REJECTED,
    /// All that is in it came with other events before: they are to be replayed.
    REPEAT,
    /// It was not rejected, so there is nothing to accept.
    NOT_REJECTED,
    /// Its body is no envelope, or processing it failed again.
    FAILED
  }

  /// The deliveries that a replay of an event would owe now; nothing is changed.
  public Replayed preview(EventId id) {
    return switch (loadEvent.load(id)) {
      case Loaded.Missing(Obstacle obstacle) -> new Replayed.Not(obstacle);
      case Loaded.Found found ->
          switch (found.state()) {
            case REJECTED -> new Replayed.Not(Obstacle.REJECTED);
            case DUPLICATE -> new Replayed.Not(Obstacle.REPEAT);
            case FAILED, PROCESSED -> new Replayed.Done(owed(again(found)), 0);
          };
    };
  }

  /// Processes an event again: all endpoints that should have it by the rules of now get its items,
  /// but for those that were repeats of another event's: these are sent with that event, so that
  /// nothing comes under a second id.
  public Replayed replay(EventId id) {
    return replay(id, null);
  }

  /// The same for a replay that may come to this event more than once.
  ///
  /// @param by what the deliveries are marked with: each is made due once for it
  public Replayed replay(EventId id, @Nullable ReplayId by) {
    return switch (loadEvent.load(id)) {
      case Loaded.Missing(Obstacle obstacle) -> new Replayed.Not(obstacle);
      case Loaded.Found found -> replay(found, by);
    };
  }

  private Replayed replay(Loaded.Found found, @Nullable ReplayId by) {
    return switch (found.state()) {
      case REJECTED -> new Replayed.Not(Obstacle.REJECTED);
      case DUPLICATE -> new Replayed.Not(Obstacle.REPEAT);
      case FAILED -> retry(found);
      case PROCESSED -> owe(owed(again(found)), by);
    };
  }

  /// Sends an event, whole, to an endpoint of its workspace, whatever the rules say.
  public Replayed replayTo(EventId id, EndpointId to) {
    return replayTo(id, to, null);
  }

  /// The same for a replay that may come to this event more than once.
  public Replayed replayTo(EventId id, EndpointId to, @Nullable ReplayId by) {
    return switch (loadEvent.load(id)) {
      case Loaded.Missing(Obstacle obstacle) -> new Replayed.Not(obstacle);
      case Loaded.Found found ->
          switch (found.state()) {
            case REJECTED -> new Replayed.Not(Obstacle.REJECTED);
            case DUPLICATE -> new Replayed.Not(Obstacle.REPEAT);
            case FAILED, PROCESSED -> replayTo(found, to, by);
          };
    };
  }

  private Replayed replayTo(Loaded.Found found, EndpointId to, @Nullable ReplayId by) {
    Split split = found.split();
    Optional<Endpoint> endpoint =
        routing
            .get()
            .endpoint(to)
            .filter(it -> it.workspace().equals(split.fact().origin().workspace()));
    return endpoint.isEmpty()
        ? new Replayed.Not(Obstacle.UNKNOWN)
        : owe(owed(projectEvent.projectTo(split, endpoint.get(), repeats(found))), by);
  }

  /// Tries a failed job again. What fails again keeps its newest error.
  public Replayed retry(JobId id) {
    Optional<JobStore.FailedJob> job = store.jobs().find(id);
    if (job.isEmpty()) {
      return new Replayed.Not(Obstacle.UNKNOWN);
    }
    return switch (loadEvent.load(job.get().event())) {
      case Loaded.Missing(Obstacle obstacle) -> {
        store.jobs().recordRetry(id, "the event cannot be read: " + obstacle, clock.instant());
        yield new Replayed.Not(obstacle);
      }
      case Loaded.Found found -> replay(found, null);
    };
  }

  private Replayed retry(Loaded.Found found) {
    Split split = found.split();
    JobId job = new JobId(split.fact().eventId().ulid());
    Draft.Event event;
    try {
      event = again(found);
    } catch (RuntimeException e) {
      // Only what is wrong with this event; a fault of the store goes to the caller.
      if (e instanceof StoreException) {
        throw e;
      }
      store.jobs().recordRetry(job, Reasons.of(e), clock.instant());
      return new Replayed.Not(Obstacle.FAILED);
    }
    Replayed done = accept(event.row(), event);
    store.jobs().recordRetry(job, null, clock.instant());
    return done;
  }

  /// Processes a rejected event, now that its signature was verified with the right secret. Items
  /// that came again since then are left out.
  public Replayed accept(EventId id) {
    return switch (loadEvent.load(id)) {
      case Loaded.Missing(Obstacle obstacle) -> new Replayed.Not(obstacle);
      case Loaded.Found found ->
          found.state() == EventRow.State.REJECTED
              ? acceptVerified(found.split())
              : new Replayed.Not(Obstacle.NOT_REJECTED);
    };
  }

  private Replayed acceptVerified(Split split) {
    Draft.Event event =
        projectEvent.project(split, knownKeys.among(projectEvent.keysToKnow(split)));
    return accept(EventRows.verified(event.row()), event);
  }

  /// The ledger follows after the deliveries: if the process ends in between, the event is still
  /// delivered, and only the ledger lacks it.
  private Replayed accept(EventRow row, Draft.Event event) {
    List<ProjectionStore.Owed> owed = owed(event);
    store.events().accept(row, owed, event.filtered());
    store.ledger().apply(event.ledgerItems());
    return new Replayed.Done(owed, owed.size());
  }

  private Draft.Event again(Loaded.Found found) {
    Split split = found.split();
    return projectEvent.projectAgain(
        split, knownKeys.among(projectEvent.keysToKnow(split)), repeats(found));
  }

  /// The paths of items that another event had first.
  private static Set<String> repeats(Loaded.Found found) {
    return found.row().items().stream()
        .filter(item -> item.verdict().equals(ItemRows.DUPLICATE))
        .map(EventRow.Item::path)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Replayed owe(List<ProjectionStore.Owed> owed, @Nullable ReplayId by) {
    return new Replayed.Done(owed, store.deliveries().owe(owed, clock.instant(), by));
  }

  private List<ProjectionStore.Owed> owed(Draft.Event event) {
    Instant now = clock.instant();
    List<ProjectionStore.Owed> owed = new ArrayList<>(event.owed().size());
    for (Draft.Due due : event.owed()) {
      owed.add(Draft.owed(event, due, now, null));
    }
    return owed;
  }
}
