package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.JobId;
import dev.chasqui.model.Ulid;
import dev.chasqui.projection.EventReplay.Obstacle;
import dev.chasqui.projection.EventReplay.Replayed;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.ProjectionStore;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventReplayTest {

  private static final Interest IMAGES =
      new Interest(Set.of(), Set.of(), Set.of("image"), Set.of(), Set.of(), Set.of());

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final PoisonDialect dialect = new PoisonDialect();
  private final Rules rules =
      new Rules()
          .application("app")
          .speaking(DialectName.STANDARD)
          .subscriber("standard", Scope.WORKSPACE, Interest.ALL)
          .subscriber("images", Scope.WORKSPACE, IMAGES);
  private final ProjectionRun run = ProjectionRun.start(journal, store, rules.table(), dialect);
  private final EventReplay replay = run.projection.replay();

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void aReplayOwesTheSameDeliveries() throws InterruptedException {
    run.project(Webhooks.messages(1, "wamid.A", "wamid.B"));
    List<ProjectionStore.Owed> before = store.owed();

    Replayed replayed = replay.replay(Webhooks.id(1));

    assertThat(deliveries(replayed))
        .extracting(ProjectionStore.Owed::id)
        .containsExactlyElementsOf(before.stream().map(ProjectionStore.Owed::id).toList());
    assertThat(store.owed()).hasSameSizeAs(before);
  }

  @Test
  void aRepeatIsReplayedWithTheEventThatHadItFirst() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    assertThat(replay.replay(Webhooks.id(2))).isEqualTo(new Replayed.Not(Obstacle.REPEAT));
    EndpointId images = rules.endpoints().get(2).id();
    assertThat(replay.replayTo(Webhooks.id(2), images))
        .isEqualTo(new Replayed.Not(Obstacle.REPEAT));
    assertThat(deliveries(replay.replay(Webhooks.id(1)))).hasSize(2);
  }

  @Test
  void itemsThatWereRepeatsAreLeftOutOfTheReplayOfTheirEvent() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.messages(2, "wamid.A", "wamid.B"));
    List<ProjectionStore.Owed> before = store.owed();

    assertThat(deliveries(replay.replay(Webhooks.id(2)))).isNotEmpty();

    assertThat(store.owed()).isEqualTo(before);
  }

  @Test
  void aPreviewChangesNothing() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));
    List<ProjectionStore.Owed> before = store.owed();

    assertThat(deliveries(replay.preview(Webhooks.id(1)))).hasSize(2);

    assertThat(store.owed()).isEqualTo(before);
  }

  @Test
  void anEventCanBeSentToAnEndpointThatTheRulesDoNotReach() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));
    EndpointId images = rules.endpoints().get(2).id();

    assertThat(deliveries(replay.replayTo(Webhooks.id(1), images)))
        .extracting(ProjectionStore.Owed::endpoint)
        .containsExactly(images);
    assertThat(replay.replayTo(Webhooks.id(1), new EndpointId(new Ulid(9, 9))))
        .isEqualTo(new Replayed.Not(Obstacle.UNKNOWN));
  }

  @Test
  void aFailedJobCanBeRetriedWhenTheCauseIsMended() throws InterruptedException {
    run.project(Webhooks.message(1, PoisonDialect.POISON));
    JobId job = new JobId(Webhooks.id(1).ulid());

    assertThat(replay.retry(job)).isEqualTo(new Replayed.Not(Obstacle.FAILED));
    assertThat(store.job(Webhooks.id(1)).status().attempts()).isEqualTo(2);
    dialect.isMended = true;

    assertThat(deliveries(replay.retry(job))).hasSize(2);
    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(store.job(Webhooks.id(1)).status().state()).isEqualTo("succeeded");
    assertThat(store.owed()).hasSize(2);
    assertThat(store.ledgerItems).hasSize(1);
  }

  @Test
  void aRejectedEventIsProcessedWhenItIsAccepted() throws InterruptedException {
    run.project(Webhooks.rejected(1, "wamid.A"));

    assertThat(replay.replay(Webhooks.id(1))).isEqualTo(new Replayed.Not(Obstacle.REJECTED));
    assertThat(deliveries(replay.accept(Webhooks.id(1)))).hasSize(2);
    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(replay.accept(Webhooks.id(1))).isEqualTo(new Replayed.Not(Obstacle.NOT_REJECTED));
  }

  @Test
  void anAcceptedEventLeavesOutWhatCameAgainSince() throws InterruptedException {
    run.project(Webhooks.rejected(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    assertThat(deliveries(replay.accept(Webhooks.id(1)))).isEmpty();
    assertThat(state(1)).isEqualTo(State.DUPLICATE);
  }

  @Test
  void whatIsNotThereCannotBeReplayed() {
    assertThat(replay.replay(Webhooks.id(7))).isEqualTo(new Replayed.Not(Obstacle.UNKNOWN));
    assertThat(replay.retry(new JobId(new Ulid(7, 7))))
        .isEqualTo(new Replayed.Not(Obstacle.UNKNOWN));
  }

  private static List<ProjectionStore.Owed> deliveries(Replayed replayed) {
    assertThat(replayed).isInstanceOf(Replayed.Done.class);
    return ((Replayed.Done) replayed).deliveries();
  }

  private State state(int number) {
    return ProjectionRun.row(store, Webhooks.id(number)).state();
  }
}
