package dev.chasqui.delivery;

import dev.chasqui.delivery.ReplayOrder.Selection;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.IdSource;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.store.DeliveryStore;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.JobStore.Progress;
import dev.chasqui.store.JobStore.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sends again what was sent or is dead. A replay is stored before it begins and after each step,
/// so that it goes on where it stood after a restart, at most one step twice. What it makes due is
/// delivered by the [Dispatcher] like all else, under the ids it had.
public final class Replays implements AutoCloseable {

  static final String RUNNING = "running";
  static final String DONE = "done";
  static final String CANCELLED = "cancelled";
  static final String FAILED = "failed";

  private static final Duration LAST_STEP = Duration.ofSeconds(10);

  private final Ports ports;
  private final Timing timing;
  private final IdSource ids;
  private final RunReplays runReplays;
  private final Loop loop;

  /// Starts nothing yet.
  public Replays(Ports ports, Timing timing) {
    this.ports = ports;
    this.timing = timing;
    this.ids = new IdSource(timing.clock(), timing.random());
    this.runReplays = new RunReplays(ports, timing);
    this.loop = new Loop("delivery-replay", runReplays);
  }

  /// The ports that replays use.
  ///
  /// @param owner the workspace of an endpoint, null if it is deleted
  /// @param dispatcher told when something is due in the store
  /// @param noRetention held while something old is owed anew: meanwhile nothing is deleted from
  ///   the journal
  public record Ports(
      JobStore jobs,
      DeliveryStore deliveries,
      DeliveryViews views,
      EventReplays events,
      Function<EndpointId, @Nullable WorkspaceId> owner,
      Dispatcher dispatcher,
      Lock noRetention) {}

  /// Goes on with replays that an earlier life did not end.
  ///
  /// @throws dev.chasqui.store.StoreException if the store cannot be reached
  public void start(Supervisor supervisor) {
    ports.jobs().unfinishedReplays().forEach(runReplays::add);
    loop.start(supervisor);
  }

  /// The same in a process of its own.
  public void start() {
    start(Supervisor.ofProcess());
  }

  /// Begins a replay.
  ///
  /// @return it, with how many deliveries or events it is about
  public Replay begin(WorkspaceId workspace, ReplayOrder order) {
    ReplayOrder bounded = bounded(order);
    Progress progress = new Progress(count(workspace, bounded), 0, null, now());
    String request = ReplayOrderJson.write(bounded);
    Replay replay = new Replay(new ReplayId(ids.next()), workspace, request, RUNNING, progress);
    ports.jobs().putReplay(replay);
    runReplays.add(replay);
    return replay;
  }

  /// How many deliveries or events a replay would be about.
  public long count(WorkspaceId workspace, ReplayOrder order) {
    return switch (order.selection()) {
      case Selection.Events events -> events.ids().size();
      case Selection.Deliveries deliveries -> deliveries.ids().size();
      case Selection.Matching matching ->
          ports.views().countReplayable(workspace, matching.filter());
      case Selection.Waiting waiting -> ports.views().countWaiting(workspace, waiting.filter());
    };
  }

  /// A replay and how far it is, empty if there is none.
  public Optional<Replay> find(ReplayId id) {
    return ports.jobs().findReplay(id);
  }

  /// Stops a replay; what it made due stays due.
  ///
  /// @return false if it was not running any more
  public boolean cancel(ReplayId id) {
    return runReplays.cancel(id);
  }

  /// What is received from now on is no part of it: else a replay of what matches could run for
  /// ever after what dies anew.
  private ReplayOrder bounded(ReplayOrder order) {
    Selection selection =
        switch (order.selection()) {
          case Selection.Events events -> events;
          case Selection.Deliveries deliveries -> deliveries;
          case Selection.Matching(var filter) -> new Selection.Matching(bounded(filter));
          case Selection.Waiting(var filter) -> new Selection.Waiting(bounded(filter));
        };
    return new ReplayOrder(selection, order.endpoint(), order.ratePerSecond());
  }

  private DeliveryViews.Filter bounded(DeliveryViews.Filter filter) {
    Instant until = filter.until();
    return new DeliveryViews.Filter(
        filter.event(),
        filter.endpoint(),
        filter.state(),
        filter.reason(),
        filter.since(),
        until == null || until.isAfter(now()) ? now() : until);
  }

  private Instant now() {
    return timing.clock().instant();
  }

  /// Ends the loop; what is not done goes on with the next start.
  @Override
  public void close() {
    loop.expectEnd();
    runReplays.stop();
    try {
      loop.awaitEnd(LAST_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
