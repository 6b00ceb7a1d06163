package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.ReplayOrder.Selection;
import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.ReplayId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.DeliveryViews.Filter;
import dev.chasqui.store.JobStore.Replay;
import dev.chasqui.testkit.Conditions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Replays over a real SQLite file.
class ReplaysIT {

  private static final Filter DEAD = new Filter(null, null, DeliveryState.DEAD, null, null, null);

  private final ReentrantLock noRetention = new ReentrantLock();
  private volatile boolean wasGuarded;

  @TempDir Path folder;
  private final List<String> replayedEvents = new CopyOnWriteArrayList<>();
  private SqliteRig rig;
  private Dispatcher dispatcher;
  private Replays replays;
  private EndpointId endpoint;

  @BeforeEach
  void open() {
    rig = new SqliteRig(folder);
    dispatcher = rig.dispatcher();
    dispatcher.start();
    replays = newReplays();
    replays.start();
    endpoint = rig.endpoint("down.test");
    rig.sender.on("down.test", ScriptedSender.status(500));
  }

  @AfterEach
  void close() {
    replays.close();
    dispatcher.close();
    rig.close();
  }

  private Replays newReplays() {
    return new Replays(
        new Replays.Ports(
            rig.store.jobs(),
            rig.store.deliveries(),
            rig.store.deliveryViews(),
            this::replayed,
            this::owner,
            dispatcher,
            noRetention),
        rig.timing);
  }

  private int replayed(
      ReplayId by, WorkspaceId workspace, EventId event, @Nullable EndpointId only) {
    wasGuarded = noRetention.isHeldByCurrentThread();
    replayedEvents.add(workspace + " " + event + " " + only);
    return 1;
  }

  private @Nullable WorkspaceId owner(EndpointId id) {
    Endpoint found = rig.endpoints.get(id);
    return found == null ? null : found.workspace();
  }

  /// Dead letters whose receiver is up again.
  private List<DeliveryId> dead(int count) {
    List<DeliveryId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.addAll(rig.die(dispatcher, endpoint));
    }
    rig.sender.on("down.test", ScriptedSender.status(200));
    rig.clock.move(Duration.ofSeconds(5));
    return ids;
  }

  private Replay awaitState(ReplayId id, String state) {
    Conditions.until(
        "the replay is " + state, () -> replays.find(id).orElseThrow().state().equals(state));
    return replays.find(id).orElseThrow();
  }

  private static ReplayOrder order(Selection selection) {
    return new ReplayOrder(selection, null, null);
  }

  @Test
  void deadLettersThatMatchAreDeliveredUnderTheirIds() {
    List<DeliveryId> ids = dead(3);
    ReplayOrder order = order(new Selection.Matching(DEAD));
    assertThat(replays.count(WorkspaceId.DEFAULT, order)).isEqualTo(3);
    Replay begun = replays.begin(WorkspaceId.DEFAULT, order);
    assertThat(begun.progress().total()).isEqualTo(3);
    assertThat(awaitState(begun.id(), "done").progress().done()).isEqualTo(3);
    ids.forEach(id -> rig.awaitDelivered(dispatcher, id));
  }

  @Test
  void deliveriesOfAnotherWorkspaceAreLeftAlone() {
    List<DeliveryId> ids = dead(1);
    Replay begun = replays.begin(new WorkspaceId("other"), order(new Selection.Deliveries(ids)));
    awaitState(begun.id(), "done");
    assertThat(rig.view(ids.getFirst()).state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void eventsGoThroughTheProjectionAndToTheOneReceiverThatIsNamed() {
    EventId event = rig.view(dead(1).getFirst()).source().event();
    Replay begun =
        replays.begin(
            WorkspaceId.DEFAULT,
            new ReplayOrder(new Selection.Events(List.of(event, event)), endpoint, null));
    awaitState(begun.id(), "done");
    assertThat(replayedEvents).containsExactly("default " + event + " " + endpoint);
    // What deletes old segments waits until the event is owed.
    assertThat(wasGuarded).isTrue();
  }

  @Test
  void toAnotherReceiverTheEventIsOwedAnew() {
    DeliveryId id = dead(1).getFirst();
    EndpointId other = rig.endpoint("other.test");
    Replay begun =
        replays.begin(
            WorkspaceId.DEFAULT,
            new ReplayOrder(new Selection.Deliveries(List.of(id)), other, null));
    awaitState(begun.id(), "done");
    assertThat(replayedEvents)
        .containsExactly("default " + rig.view(id).source().event() + " " + other);
    assertThat(rig.view(id).state()).isEqualTo(DeliveryState.DEAD);
  }

  @Test
  void whatADeletedReceiverDidNotGetGoesToAnother() {
    DeliveryId id = dead(1).getFirst();
    EndpointId other = rig.endpoint("other.test");
    rig.endpoints.remove(endpoint);
    Selection named = new Selection.Deliveries(List.of(id));
    Replay begun = replays.begin(WorkspaceId.DEFAULT, new ReplayOrder(named, other, null));
    awaitState(begun.id(), "done");
    assertThat(replayedEvents)
        .containsExactly("default " + rig.view(id).source().event() + " " + other);
  }

  @Test
  void aReplayThatIsTakenSaysThatAFailingReceiverAnswers() {
    List<DeliveryId> ids = dead(2);
    Conditions.until("it is failing", () -> health() == EndpointHealth.State.FAILING);
    Replay begun = replays.begin(WorkspaceId.DEFAULT, order(new Selection.Deliveries(ids)));
    awaitState(begun.id(), "done");
    ids.forEach(id -> rig.awaitDelivered(dispatcher, id));
    Conditions.until("it is healthy", () -> health() == EndpointHealth.State.HEALTHY);
  }

  @Test
  void aReplayThatFailsDoesNotMakeAnEndpointFailing() {
    rig.sender.on("down.test", ScriptedSender.status(200));
    DeliveryId id = rig.oweSilently(endpoint, 1).getFirst();
    rig.awaitDelivered(dispatcher, id);
    rig.sender.on("down.test", ScriptedSender.status(500));
    replays.begin(WorkspaceId.DEFAULT, order(new Selection.Deliveries(List.of(id))));
    Conditions.until(
        "it is dead",
        () -> {
          rig.move(dispatcher, Duration.ofSeconds(2));
          return rig.view(id).state() == DeliveryState.DEAD;
        });
    assertThat(rig.view(id).ending().attemptCount()).isEqualTo(2);
    assertThat(health()).isEqualTo(EndpointHealth.State.HEALTHY);
  }

  private EndpointHealth.State health() {
    return dispatcher.health(endpoint).state();
  }

  @Test
  void aLimitedReplayGoesOnAfterARestartAndCanBeStopped() {
    List<DeliveryId> ids = dead(3);
    ReplayOrder slow = new ReplayOrder(new Selection.Deliveries(ids), null, 0.001);
    Replay begun = replays.begin(WorkspaceId.DEFAULT, slow);
    Conditions.until(
        "the first step", () -> replays.find(begun.id()).orElseThrow().progress().done() == 1);
    replays.close();
    replays = newReplays();
    replays.start();
    Conditions.until(
        "the second step", () -> replays.find(begun.id()).orElseThrow().progress().done() == 2);
    assertThat(replays.cancel(begun.id())).isTrue();
    assertThat(replays.cancel(begun.id())).isFalse();
    Replay ended = replays.find(begun.id()).orElseThrow();
    assertThat(ended.state()).isEqualTo("cancelled");
    assertThat(ended.progress().done()).isEqualTo(2);
    rig.awaitDelivered(dispatcher, ids.stream().sorted().toList().getFirst());
    assertThat(rig.view(ids.stream().sorted().toList().getLast()).state())
        .isEqualTo(DeliveryState.DEAD);
  }
}
