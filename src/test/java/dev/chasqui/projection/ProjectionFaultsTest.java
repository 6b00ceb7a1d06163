package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.JobStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionFaultsTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final Rules rules =
      new Rules()
          .application("app")
          .speaking(DialectName.STANDARD)
          .subscriber("standard", Scope.WORKSPACE, Interest.ALL);
  private ProjectionRun run = ProjectionRun.start(journal, new MemoryStore(), new Rules());

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void aRecordThatCannotBeProjectedBecomesAFailedJobAndTheOthersGoOn() throws InterruptedException {
    restart(new PoisonDialect());

    run.project(
        Webhooks.message(1, "wamid.A"),
        Webhooks.message(2, PoisonDialect.POISON),
        Webhooks.message(3, "wamid.B"));

    JobStore.FailedJob job = store.job(Webhooks.id(2));
    assertThat(job.position()).isEqualTo(2);
    assertThat(job.status().state()).isEqualTo("failed");
    assertThat(job.status().error())
        .startsWith("IllegalStateException at PoisonDialect.java:")
        .doesNotContain("5511");
    assertThat(store.owed()).extracting(row -> row.source().event()).doesNotContain(Webhooks.id(2));
    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(state(3)).isEqualTo(State.PROCESSED);
    assertThat(run.projection.health().counts().failures()).isEqualTo(1);
  }

  @Test
  void aListenerThatFailsRepeatsNoCommit() throws InterruptedException {
    restart(new PoisonDialect());
    run.dispatch.failsToListen = true;

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.committed).hasValue(1);
    assertThat(run.dispatch.written()).isEqualTo(run.dispatch.early()).isNotEmpty();
    assertThat(run.projection.health().isWell()).isTrue();
  }

  @Test
  void aStoreThatIsGoneForAWhileLosesAndRepeatsNothing() throws InterruptedException {
    store.commitFaults.addAll(Collections.nCopies(3, StoreException.Kind.GONE));
    restart(new PoisonDialect());

    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.B"));

    assertThat(store.owed()).hasSize(4);
    assertThat(run.dispatch.early()).hasSize(4);
    assertThat(run.dispatch.written()).isEqualTo(run.dispatch.early());
    assertThat(run.projection.health().isWell()).isTrue();
  }

  @Test
  void whileTheStoreIsGoneNoMoreBeginsThanABoundOfFacts() throws InterruptedException {
    store.refused = _ -> true;
    for (int i = 1; i <= 500; i++) {
      journal.add(Webhooks.message(i, "wamid." + i));
    }
    restart(new PoisonDialect());

    while (run.projection.health().trouble().isEmpty()) {
      assertThat(run.projection.awaitProjected(1, Duration.ofMillis(5))).isFalse();
    }
    int uncommitted = run.dispatch.early().size();
    store.refused = _ -> false;
    run.caughtUp();

    // Two endpoints; 64 facts a read: what is being written, and what waits behind it.
    assertThat(uncommitted).isPositive().isLessThanOrEqualTo(2 * 4 * 64);
    assertThat(store.owed()).hasSize(1_000);
    assertThat(run.dispatch.early()).hasSize(1_000);
  }

  /// The cursor must never pass what was not written, whatever the store takes while it stops.
  @Test
  void whatAStoppingProjectionGivesUpIsProjectedAgainWithAllThatFollows()
      throws InterruptedException {
    store.unreachable =
        batch -> batch.events().stream().map(EventRow::id).anyMatch(Webhooks.id(1)::equals);
    journal.add(Webhooks.message(1, "wamid.A"));
    restart(new PoisonDialect());
    while (run.projection.health().trouble().isEmpty()) {
      Thread.onSpinWait();
    }
    journal.add(Webhooks.message(2, "wamid.B"));
    while (run.dispatch.early().size() < 4) {
      Thread.onSpinWait();
    }

    run.close();
    store.unreachable = _ -> false;
    restart(new PoisonDialect());
    run.caughtUp();

    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(state(2)).isEqualTo(State.PROCESSED);
    assertThat(store.owed()).hasSize(4);
  }

  @Test
  void aRepeatOfWhatIsNotWrittenYetIsARepeat() throws InterruptedException {
    store.commitFaults.addAll(Collections.nCopies(2, StoreException.Kind.BUSY));
    restart(new PoisonDialect());

    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(state(2)).isEqualTo(State.DUPLICATE);
    assertThat(run.dispatch.early()).hasSize(2);
  }

  @Test
  void aJournalThatCannotBeReadForAWhileLosesNothing() throws InterruptedException {
    journal.faults = 2;
    restart(new PoisonDialect());

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(state(1)).isEqualTo(State.PROCESSED);
  }

  @Test
  void theEventWhoseRowsAreRefusedFailsAlone() throws InterruptedException {
    store.refused =
        batch ->
            batch.events().stream()
                .anyMatch(row -> row.id().equals(Webhooks.id(2)) && row.state() != State.FAILED);
    journal.add(Webhooks.message(1, "wamid.A"));
    journal.add(Webhooks.message(2, "wamid.B"));
    journal.add(Webhooks.message(3, "wamid.C"));
    restart(new PoisonDialect());

    run.caughtUp();

    assertThat(state(1)).isEqualTo(State.PROCESSED);
    assertThat(state(2)).isEqualTo(State.FAILED);
    assertThat(state(3)).isEqualTo(State.PROCESSED);
    assertThat(store.job(Webhooks.id(2)).status().error()).isEqualTo("store refused");
  }

  @Test
  void aRefusedRowThatCannotEvenFailIsNotSkipped() throws InterruptedException {
    store.refused =
        batch -> batch.events().stream().map(EventRow::id).anyMatch(Webhooks.id(1)::equals);
    long position = journal.add(Webhooks.message(1, "wamid.A"));
    restart(new PoisonDialect());

    while (run.projection.health().trouble().isEmpty()) {
      assertThat(run.projection.awaitProjected(position + 1, Duration.ofMillis(5))).isFalse();
    }
    assertThat(run.projection.health().isWell()).isFalse();
    store.refused = _ -> false;
    run.caughtUp();

    assertThat(state(1)).isEqualTo(State.PROCESSED);
  }

  /// A power cut may take the last transactions with the cursor: they are projected again.
  @Test
  void projectingAgainGivesTheSameDeliveries() throws InterruptedException {
    restart(new PoisonDialect());
    run.project(Webhooks.messages(1, "wamid.A", "wamid.B"), Webhooks.message(2, "wamid.C"));
    Set<DeliveryId> before = ids(store);

    MemoryStore emptied = new MemoryStore();
    try (ProjectionRun again = ProjectionRun.start(journal, emptied, rules)) {
      again.caughtUp();
    }

    assertThat(ids(emptied)).hasSize(5).isEqualTo(before);
  }

  @Test
  void whatIsWrittenIsNotHandedOverAgainAfterACrash() throws InterruptedException {
    restart(new PoisonDialect());
    run.project(Webhooks.message(1, "wamid.A"));
    Set<DeliveryId> before = ids(store);

    restart(new PoisonDialect());
    run.project(Webhooks.message(2, "wamid.B"));

    assertThat(run.dispatch.early())
        .extracting(early -> early.owed().source().event())
        .containsOnly(Webhooks.id(2));
    assertThat(ids(store)).hasSize(4).containsAll(before);
  }

  private void restart(PoisonDialect dialect) {
    run.close();
    run = ProjectionRun.start(journal, store, rules.table(), dialect);
  }

  private State state(int number) {
    return ProjectionRun.row(store, Webhooks.id(number)).state();
  }

  private static Set<DeliveryId> ids(MemoryStore store) {
    return store.owed().stream()
        .map(ProjectionStore.Owed::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
