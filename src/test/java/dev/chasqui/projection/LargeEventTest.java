package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.testkit.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A webhook with more messages than there is room for, and with more deliveries than one
/// transaction takes.
class LargeEventTest {

  private static final int SLICE = 10;
  private static final ProjectionSettings SETTINGS =
      new ProjectionSettings(
          0,
          new ProjectionSettings.Reading(
              Duration.ofMillis(1), Duration.ofMillis(1), 64, 1 << 20, 1L << 40, SLICE),
          new ProjectionSettings.Ledger(ProjectionRun.NEVER, 10, 20));

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final Rules rules =
      new Rules()
          .speaking(DialectName.STANDARD)
          .subscriber("standard", Scope.WORKSPACE, Interest.ALL);
  private ProjectionRun run = ProjectionRun.start(journal, store, rules, SETTINGS);

  @AfterEach
  void stop() {
    run.close();
  }

  private static String[] wamids(int count) {
    return wamids("wamid.L", count);
  }

  private static String[] wamids(String stem, int count) {
    return IntStream.range(0, count).mapToObj(i -> stem + i).toArray(String[]::new);
  }

  @Test
  void whatComesAfterItIsDeliveredBeforeItIsWritten() throws InterruptedException {
    store.unreachable = batch -> !batch.events().isEmpty();
    journal.add(Webhooks.messages(1, wamids(45)));
    Conditions.until("it is handed over", () -> run.dispatch.early().size() == 45);
    journal.add(Webhooks.message(2, "wamid.A"));
    Conditions.until("the next one too", () -> run.dispatch.early().size() == 46);
    assertThat(store.committed).hasValue(0);
    store.unreachable = _ -> false;
    run.caughtUp();
    assertThat(store.owed()).hasSize(46);
  }

  @Test
  void aSecondLargeOneWaitsForTheFirst() throws InterruptedException {
    store.unreachable = batch -> !batch.events().isEmpty();
    journal.add(Webhooks.messages(1, wamids(45)));
    Conditions.until("it is handed over", () -> run.dispatch.early().size() == 45);
    journal.add(Webhooks.messages(2, "wamid.A", "wamid.B", "wamid.C", "wamid.D", "wamid.E"));
    journal.add(Webhooks.messages(3, wamids("wamid.S", 30)));
    Conditions.until("the next two too", () -> run.dispatch.early().size() == 80);
    journal.add(Webhooks.message(4, "wamid.F"));
    assertThat(run.projection.awaitProjected(Duration.ofMillis(50))).isFalse();
    assertThat(run.dispatch.early()).hasSize(80);
    store.unreachable = _ -> false;
    run.withLedger();
    run.caughtUp();
    assertThat(store.owed()).hasSize(81);
  }

  @Test
  void itsDeliveriesAreWrittenInPortionsAndTheCursorMovesWithTheLast() throws InterruptedException {
    List<ProjectionStore.Batch> batches = new ArrayList<>();
    List<Long> cursors = new ArrayList<>();
    run.caughtUp();
    store.refused =
        batch -> {
          batches.add(batch);
          cursors.add(store.cursor);
          return false;
        };
    run.project(Webhooks.messages(1, wamids(45)));
    assertThat(batches).hasSize(5);
    assertThat(batches).allSatisfy(it -> assertThat(it.owed()).hasSizeLessThanOrEqualTo(SLICE));
    assertThat(batches.getFirst().events()).hasSize(1);
    assertThat(cursors).allSatisfy(it -> assertThat(it).isLessThan(2));
    assertThat(store.cursor).isEqualTo(2);
    assertThat(store.owed()).hasSize(45);
  }

  @Test
  void p2ACrashBetweenPortionsLosesAndRepeatsNoRow() throws InterruptedException {
    store.unreachable = batch -> store.owed.size() >= 2 * SLICE;
    journal.add(Webhooks.messages(1, wamids(45)));
    Conditions.until("two portions", () -> store.owed().size() == 2 * SLICE);
    assertThat(store.cursor).isLessThan(2);
    run.close();
    store.unreachable = _ -> false;
    run = ProjectionRun.start(journal, store, rules, SETTINGS).caughtUp();
    assertThat(store.owed()).hasSize(45).doesNotHaveDuplicates();
    assertThat(ProjectionRun.row(store, Webhooks.id(1)).state()).isEqualTo(State.PROCESSED);
    assertThat(store.sightings).isEmpty();
    assertThat(run.dispatch.early()).hasSize(45);
  }

  @Test
  void aStoreThatIsGoneBetweenPortionsIsTriedAgain() throws InterruptedException {
    run.dispatch.deliversAtOnce = true;
    List<Integer> faults = new ArrayList<>();
    store.unreachable =
        batch -> {
          boolean fails = store.delivered.size() == 2 * SLICE && faults.size() < 3;
          if (fails) {
            faults.add(1);
          }
          return fails;
        };
    run.project(Webhooks.messages(1, wamids(45)), Webhooks.message(2, "wamid.L0"));
    assertThat(faults).hasSize(3);
    assertThat(store.delivered).hasSize(45);
    assertThat(store.sightings).containsOnlyKeys(Webhooks.id(1)).containsValue(1);
  }
}
