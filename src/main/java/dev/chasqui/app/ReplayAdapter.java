package dev.chasqui.app;

import dev.chasqui.delivery.Dispatcher;
import dev.chasqui.delivery.EventReplays;
import dev.chasqui.delivery.ReplayOrder;
import dev.chasqui.delivery.Replays;
import dev.chasqui.delivery.Timing;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Supervisor;
import dev.chasqui.operations.Replayer;
import dev.chasqui.projection.EventReplay;
import dev.chasqui.projection.Projection;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.Store;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import org.jspecify.annotations.Nullable;

/// Connects the operator's API to the replays, and the replays to the projection.
final class ReplayAdapter implements Replayer, EventReplays {

  /// How long a replay waits for what happened before it, at most.
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private final Directory directory;
  private final Store store;
  private final Supervisor supervisor;
  private final Projection projection;
  private final Dispatcher dispatcher;
  private final Replays replays;
  private final ReadWriteLock retention;
  private final CheckReplay check;

  ReplayAdapter(Foundations base, Projection projection, Dispatcher dispatcher, Timing timing) {
    this.directory = base.directory();
    this.store = base.store();
    this.supervisor = base.host().supervisor();
    this.projection = projection;
    this.dispatcher = dispatcher;
    this.retention = base.retention();
    this.check = new CheckReplay(base);
    this.replays =
        new Replays(
            new Replays.Ports(
                store.jobs(),
                store.deliveries(),
                store.deliveryViews(),
                this,
                this::owner,
                dispatcher,
                base.retention().readLock()),
            timing);
  }

  /// Goes on with what an earlier life did not end.
  void begin() {
    replays.start(supervisor);
  }

  void close() {
    replays.close();
  }

  @Override
  public Started start(WorkspaceId workspace, Order order) throws InterruptedException {
    requireOurs(workspace, order.endpoint());
    awaitWhatIsKnown(order.selection());
    check.orRefuse(workspace, order);
    ReplayOrder wanted =
        new ReplayOrder(selection(order.selection()), order.endpoint(), order.ratePerSecond());
    if (order.dryRun()) {
      return new Started(null, replays.count(workspace, wanted));
    }
    JobStore.Replay begun = replays.begin(workspace, wanted);
    return new Started(begun.id(), begun.progress().total());
  }

  /// A replay leaves alone what is not stored yet and what is under way: so what was acknowledged
  /// is projected first, and what receivers have answered is written.
  private void awaitWhatIsKnown(Selection selection) throws InterruptedException {
    boolean _ =
        switch (selection) {
          case Selection.Events _ -> projection.awaitProjected(MAX_WAIT);
          case Selection.Deliveries _, Selection.Matching _, Selection.Waiting _ ->
              projection.awaitCommitted(MAX_WAIT);
        };
    boolean _ = dispatcher.awaitWritten(MAX_WAIT);
  }

  @Override
  public void retryNow(EndpointId endpoint) {
    dispatcher.retryNow(endpoint);
  }

  @Override
  public boolean retryNow(DeliveryId delivery, EndpointId endpoint) {
    return !dispatcher.retryNow(List.of(delivery), Set.of(endpoint)).isEmpty();
  }

  @Override
  public boolean cancel(ReplayId id) {
    return replays.cancel(id);
  }

  @Override
  public void retryJob(JobId job) {
    Lock noRetention = retention.readLock();
    noRetention.lock();
    try {
      projection.replay().retry(job);
    } finally {
      noRetention.unlock();
    }
    dispatcher.dueInStore();
  }

  @Override
  public int replay(ReplayId by, WorkspaceId workspace, EventId event, @Nullable EndpointId only) {
    boolean ours =
        store
            .events()
            .find(event)
            .filter(it -> it.row().origin().workspace().equals(workspace))
            .isPresent();
    if (!ours) {
      return 0;
    }
    EventReplay replay = projection.replay();
    return switch (only == null ? replay.replay(event, by) : replay.replayTo(event, only, by)) {
      case EventReplay.Replayed.Done done -> done.due();
      case EventReplay.Replayed.Not _ -> 0;
    };
  }

  private void requireOurs(WorkspaceId workspace, @Nullable EndpointId endpoint) {
    if (endpoint != null && !workspace.equals(owner(endpoint))) {
      throw new IllegalArgumentException("there is no endpoint " + endpoint);
    }
  }

  private @Nullable WorkspaceId owner(EndpointId id) {
    Endpoint endpoint = directory.current(id);
    return endpoint == null ? null : endpoint.workspace();
  }

  private static ReplayOrder.Selection selection(Selection selection) {
    return switch (selection) {
      case Selection.Events(var ids) -> new ReplayOrder.Selection.Events(ids);
      case Selection.Deliveries(var ids) -> new ReplayOrder.Selection.Deliveries(ids);
      case Selection.Matching(var filter) -> new ReplayOrder.Selection.Matching(filter);
      case Selection.Waiting(var filter) -> new ReplayOrder.Selection.Waiting(filter);
    };
  }
}
