package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.LedgerStore;
import dev.chasqui.store.ProjectionStore;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Product.md, P3: repeats are recognised per item.
class DedupTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final Rules rules = new Rules().application("app");
  private ProjectionRun run = ProjectionRun.start(journal, store, rules);

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void p3SameItemInTwoEnvelopesIsDeliveredOnce() throws InterruptedException {
    run.project(Webhooks.messages(1, "wamid.A", "wamid.B"));
    run.project(Webhooks.messages(2, "wamid.B", "wamid.C"));

    assertThat(store.owed())
        .extracting(ProjectionStore.Owed::selection)
        .containsExactly(null, "0.0.1");
    assertThat(verdicts(2)).containsExactly("duplicate", "new");
    assertThat(ProjectionRun.row(store, Webhooks.id(2)).state()).isEqualTo(State.PROCESSED);
  }

  @Test
  void sameItemTwiceInOneEnvelopeIsDeliveredOnce() throws InterruptedException {
    run.project(Webhooks.messages(1, "wamid.A", "wamid.A"));

    assertThat(store.owed()).extracting(ProjectionStore.Owed::selection).containsExactly("0.0.0");
    assertThat(verdicts(1)).containsExactly("new", "duplicate");
  }

  @Test
  void anItemIsKnownOnceItIsInTheLedger() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A")).withLedger();
    run.project(Webhooks.message(2, "wamid.A"));

    assertThat(run.projection.health().unapplied()).isEqualTo(1);
    assertThat(store.owed()).hasSize(1);
    assertThat(ProjectionRun.row(store, Webhooks.id(2)).state()).isEqualTo(State.DUPLICATE);
  }

  @Test
  void anItemIsKnownAfterACrashBeforeItWasInTheLedger() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));

    crash();
    run = ProjectionRun.start(journal, store, rules);
    run.project(Webhooks.message(2, "wamid.A"));

    assertThat(store.ledgerItems).isEmpty();
    assertThat(store.owed()).hasSize(1);
    assertThat(ProjectionRun.row(store, Webhooks.id(2)).state()).isEqualTo(State.DUPLICATE);
  }

  @Test
  void whatACrashLeftOutOfTheLedgerIsAppliedAfterIt() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    crash();
    run = ProjectionRun.start(journal, store, rules).caughtUp().withLedger();

    assertThat(store.ledgerItems)
        .extracting(LedgerStore.LedgerItem::fresh)
        .containsExactly(true, false);
    assertThat(store.ledgerCursor).isEqualTo(store.cursor);
  }

  @Test
  void aWebhookOfItemsSeenBeforeIsASightingOfTheEventThatHadThemFirst()
      throws InterruptedException {
    run.project(Webhooks.messages(1, "wamid.A", "wamid.B"), Webhooks.message(2, "wamid.C"));
    run.project(Webhooks.messages(3, "wamid.A", "wamid.B"));
    run.withLedger().project(Webhooks.messages(4, "wamid.B", "wamid.C", "wamid.D"));

    assertThat(store.sightings)
        .containsExactlyInAnyOrderEntriesOf(Map.of(Webhooks.id(1), 2, Webhooks.id(2), 1));
  }

  @Test
  void repeatsOfWhatIsInTheLedgerAreSightingsOfTheFirstAndNotOfEachOther()
      throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));
    run.withLedger().project(Webhooks.message(2, "wamid.A"));
    run.project(Webhooks.message(3, "wamid.A"));

    assertThat(store.sightings).containsExactly(Map.entry(Webhooks.id(1), 2));
  }

  @Test
  void aRepeatAloneIsAppliedToo() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));
    run.withLedger().project(Webhooks.message(2, "wamid.A"));
    run.withLedger();

    assertThat(store.ledgerItems)
        .extracting(LedgerStore.LedgerItem::fresh)
        .containsExactly(true, false);
    assertThat(store.ledgerCursor).isEqualTo(store.cursor);
  }

  @Test
  void aRepeatInTheSameRunIsASighting() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    assertThat(store.sightings).containsExactly(Map.entry(Webhooks.id(1), 1));
  }

  @Test
  void anItemTwiceInOneEnvelopeIsNoSighting() throws InterruptedException {
    run.project(Webhooks.messages(1, "wamid.A", "wamid.A"));

    assertThat(store.sightings).isEmpty();
  }

  @Test
  void aRepeatAfterACrashIsASightingOfTheFirst() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.A"));

    crash();
    run = ProjectionRun.start(journal, store, rules);
    run.project(Webhooks.message(3, "wamid.A"));

    assertThat(store.sightings).containsExactly(Map.entry(Webhooks.id(1), 2));
  }

  @Test
  void theDashboardTestIsNoSighting() throws InterruptedException {
    run.project(Webhooks.dashboardTest(1), Webhooks.dashboardTest(2));

    assertThat(store.sightings).isEmpty();
  }

  @Test
  void aBatchThatIsTriedAgainCountsItsSightingsOnce() throws InterruptedException {
    run.project(Webhooks.message(1, "wamid.A"));
    synchronized (store) {
      store.commitFaults.add(StoreException.Kind.BUSY);
    }
    run.project(Webhooks.message(2, "wamid.A"));

    assertThat(store.sightings).containsExactly(Map.entry(Webhooks.id(1), 1));
  }

  @Test
  void aBatchThatIsNotCommittedLeavesNoKeys() throws InterruptedException {
    store.commitFaults.add(StoreException.Kind.BUSY);

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(ProjectionRun.row(store, Webhooks.id(1)).state()).isEqualTo(State.PROCESSED);
    assertThat(store.owed()).hasSize(1);
  }

  @Test
  void anEventThatFailsLeavesNoKeys() throws InterruptedException {
    run.close();
    rules.speaking(DialectName.STANDARD).application("standard");
    run = ProjectionRun.start(journal, store, rules.table(), new PoisonDialect());

    run.project(
        Webhooks.messages(1, "wamid.A", PoisonDialect.POISON), Webhooks.message(2, "wamid.A"));

    assertThat(ProjectionRun.row(store, Webhooks.id(1)).state()).isEqualTo(State.FAILED);
    assertThat(ProjectionRun.row(store, Webhooks.id(2)).state()).isEqualTo(State.PROCESSED);
  }

  @Test
  void theLedgerWriterWritesSortedSlicesAndThenItsCursor() throws InterruptedException {
    run.project(Webhooks.oneMalformedAmong(1, 26, 3)).withLedger();

    assertThat(store.slices).extracting(List::size).containsExactly(10, 10, 5);
    assertThat(store.ledgerItems).extracting(LedgerStore.LedgerItem::key).isSorted();
    assertThat(store.ledgerCursor).isEqualTo(store.cursor);
    assertThat(run.projection.health().unapplied()).isZero();
  }

  @Test
  void anItemThatTheLedgerRefusesKeepsNoOtherOut() throws InterruptedException {
    store.refusedByLedger = item -> item.notification().path().item() == 1;

    run.project(Webhooks.messages(1, "wamid.A", "wamid.B", "wamid.C")).withLedger();

    assertThat(store.ledgerItems)
        .extracting(item -> item.notification().path().item())
        .containsExactlyInAnyOrder(0, 2);
    assertThat(store.ledgerCursor).isEqualTo(store.cursor);
  }

  @Test
  void theProjectionWaitsForALedgerThatCannotFollow() throws InterruptedException {
    run.close();
    store.isLedgerGone = true;
    run =
        ProjectionRun.start(journal, store, rules, ProjectionRun.settings(ProjectionRun.NEVER, 3));
    run.project(
        Webhooks.message(1, "wamid.A"),
        Webhooks.message(2, "wamid.B"),
        Webhooks.message(3, "wamid.C"));
    long position = journal.add(Webhooks.message(4, "wamid.D"));

    assertThat(run.projection.awaitProjected(position + 1, Duration.ofMillis(50))).isFalse();
    synchronized (store) {
      store.isLedgerGone = false;
    }
    run.caughtUp();

    assertThat(ProjectionRun.row(store, Webhooks.id(4)).state()).isEqualTo(State.PROCESSED);
  }

  /// The process ends and takes with it what it had in memory.
  private void crash() {
    synchronized (store) {
      store.isLedgerGone = true;
    }
    run.close();
    store.isLedgerGone = false;
  }

  private List<String> verdicts(int number) {
    return ProjectionRun.verdicts(ProjectionRun.row(store, Webhooks.id(number)));
  }
}
