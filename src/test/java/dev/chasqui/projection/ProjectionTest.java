package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chasqui.journal.Fact;
import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint.Interest;
import dev.chasqui.model.Endpoint.Scope;
import dev.chasqui.model.Endpoint.Switch;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Via;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.EventRow.State;
import dev.chasqui.store.ProjectionStore;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProjectionTest {

  private static final Interest IMAGES =
      new Interest(Set.of(), Set.of(), Set.of("image"), Set.of(), Set.of(), Set.of());

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final Rules rules = new Rules();

  @SuppressWarnings("NullAway.Init") // each test starts one
  private ProjectionRun run;

  @AfterEach
  void stop() {
    run.close();
  }

  /// Product.md, P2.
  @Test
  void p2EveryEventReachesAVisibleState() throws InterruptedException {
    rules.application("app").speaking(DialectName.STANDARD);
    rules.subscriber("standard", Scope.WORKSPACE, Interest.ALL);
    run = ProjectionRun.start(journal, store, rules.table(), new PoisonDialect());

    run.project(
        Webhooks.message(1, "wamid.A"),
        Webhooks.rejected(2, "wamid.B"),
        Webhooks.message(3, "wamid.A"),
        Webhooks.message(4, PoisonDialect.POISON),
        Webhooks.broken(5),
        Webhooks.message(6, "wamid.C"));

    assertThat(states(1, 2, 3, 4, 5, 6))
        .containsExactly(
            State.PROCESSED,
            State.REJECTED,
            State.DUPLICATE,
            State.FAILED,
            State.FAILED,
            State.PROCESSED);
  }

  @Test
  void eachReceiverIsOwedInItsOwnDialect() throws InterruptedException {
    rules.application("app").speaking(DialectName.STANDARD);
    rules.subscriber("standard", Scope.WORKSPACE, Interest.ALL);
    start();

    run.project(Webhooks.messages(1, "wamid.A", "wamid.B"));

    assertThat(store.owedTo(endpoint(0)))
        .extracting(ProjectionStore.Owed::selection)
        .containsExactly((String) null);
    assertThat(store.owedTo(endpoint(1)))
        .extracting(ProjectionStore.Owed::selection)
        .containsExactly("0.0.0", "0.0.1");
    assertThat(run.dispatch.early())
        .extracting(Dispatch.EarlyDelivery::owed)
        .isEqualTo(store.owed());
  }

  @Test
  void whatIsDeliveredBeforeItsRowIsMadeIsWrittenAsDelivered() throws InterruptedException {
    rules.application("app");
    start();
    run.dispatch.deliversAtOnce = true;

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.owed()).isEmpty();
    assertThat(store.delivered.values())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.owed()).isEqualTo(run.dispatch.early().getFirst().owed());
              assertThat(it.attempt()).isEqualTo(RecordingDispatch.DELIVERED);
            });
    assertThat(run.dispatch.written()).isEqualTo(run.dispatch.early());
  }

  @Test
  void whoeverWasSentSomethingCanWaitForItsRow() throws InterruptedException {
    rules.application("app");
    start();
    journal.append(Webhooks.message(1, "wamid.A"), _ -> {});
    while (run.dispatch.early().isEmpty()) {
      Thread.onSpinWait();
    }

    assertThat(run.projection.awaitCommitted(ProjectionRun.LIMIT)).isTrue();

    assertThat(store.owed()).hasSize(1);
  }

  @Test
  void deliveriesBeginBeforeTheirRowsAreWritten() throws InterruptedException {
    rules.application("app");
    store.refused = _ -> run.dispatch.early().isEmpty();
    start();

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.owed()).hasSize(1);
  }

  @Test
  void submittedMessageIsAnEventAndGoesToNoMetaReceiver() throws InterruptedException {
    rules.application("app");
    start();

    run.project(
        Webhooks.submitted(1, Via.WHATSAPP, "wamid.A"), Webhooks.submitted(2, Via.FALLBACK, "f-1"));

    EventRow row = ProjectionRun.row(store, Webhooks.id(1));
    assertThat(row.origin().source()).isEqualTo("messages");
    assertThat(row.items())
        .extracting(EventRow.Item::kind, EventRow.Item::itemId)
        .containsExactly(tuple("submission", "wamid.A"));
    assertThat(ProjectionRun.row(store, Webhooks.id(2)).scope().phoneNumberIds())
        .containsExactly(Webhooks.NUMBER);
    assertThat(store.owed()).isEmpty();
  }

  @Test
  void itemsThatNobodyWantsAreVisible() throws InterruptedException {
    rules.subscriber("images", Scope.WORKSPACE, IMAGES);
    start();

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.owed()).isEmpty();
    assertThat(verdicts(1)).containsExactly("filtered");
  }

  @Test
  void itemsOfAnotherWorkspacesNumberAreVisibleAndDeliveredToNobody() throws InterruptedException {
    rules.application("app").in("other").number(Webhooks.NUMBER, Webhooks.WABA);
    start();

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.owed()).isEmpty();
    assertThat(verdicts(1)).containsExactly("unassigned");
  }

  @Test
  void oneMalformedAmongAThousandStopsNone() throws InterruptedException {
    rules.application("app").speaking(DialectName.STANDARD);
    rules.subscriber("standard", Scope.WORKSPACE, Interest.ALL);
    start();

    run.project(Webhooks.oneMalformedAmong(1, 1000, 500));

    List<EventRow.Item> items = ProjectionRun.row(store, Webhooks.id(1)).items();
    assertThat(items).filteredOn(item -> item.verdict().equals("new")).hasSize(999);
    assertThat(items)
        .filteredOn(item -> item.verdict().equals("skipped"))
        .extracting(EventRow.Item::word)
        .containsExactly("malformed_field");
    assertThat(store.owedTo(endpoint(0))).hasSize(1);
    assertThat(store.owedTo(endpoint(1))).hasSize(999);
  }

  @Test
  void pausedEndpointsAreOwedButNotHandedOver() throws InterruptedException {
    rules.switched(Switch.PAUSED).application("app");
    start();

    run.project(Webhooks.message(1, "wamid.A"));

    assertThat(store.owed()).singleElement().satisfies(row -> assertThat(row.lease()).isNull());
    assertThat(run.dispatch.early()).isEmpty();
    assertThat(run.dispatch.waiting()).containsExactly(endpoint(0));
  }

  @Test
  void whatTheDispatcherHasNoRoomForWaitsInTheStore() throws InterruptedException {
    rules.application("app");
    run = ProjectionRun.startWithRoom(journal, store, rules, 1);

    run.project(Webhooks.message(1, "wamid.A"), Webhooks.message(2, "wamid.B"));

    assertThat(run.dispatch.early()).hasSize(1);
    assertThat(store.owed()).filteredOn(row -> row.lease() == null).hasSize(1);
    assertThat(run.dispatch.waiting()).containsExactly(endpoint(0));
  }

  @Test
  void identicalRepeatsAreSightings() throws InterruptedException {
    start();

    run.project(
        Webhooks.message(1, "wamid.A"),
        new Fact.DuplicateSeen(Webhooks.id(1), Webhooks.AT),
        new Fact.DuplicateSeen(Webhooks.id(1), Webhooks.AT));

    assertThat(store.sightings).containsEntry(Webhooks.id(1), 2);
  }

  @Test
  void everyClickOnTheDashboardsTestShows() throws InterruptedException {
    rules.application("app");
    start();

    run.project(Webhooks.dashboardTest(1), Webhooks.dashboardTest(2));

    assertThat(states(1, 2)).containsExactly(State.PROCESSED, State.PROCESSED);
    assertThat(store.owed()).hasSize(2);
  }

  @Test
  void numbersAreLearnedFromSignedTrafficAlone() throws InterruptedException {
    start();

    run.project(Webhooks.rejected(1, "wamid.A"), Webhooks.dashboardTest(2)).withLedger();
    assertThat(store.learned).isEmpty();

    run.project(Webhooks.message(3, "wamid.B"), Webhooks.message(4, "wamid.C")).withLedger();
    assertThat(store.learned)
        .singleElement()
        .satisfies(
            number -> {
              assertThat(number.workspace()).isEqualTo(WorkspaceId.DEFAULT);
              assertThat(number.id()).isEqualTo(Webhooks.NUMBER);
              assertThat(number.wabaId()).isEqualTo(Webhooks.WABA);
              assertThat(number.displayPhoneNumber()).isEqualTo("15550001");
            });
  }

  @Test
  void whatCannotBeLearnedIsFoldedOnceAndLearnedWhenItIsSeenAgain() throws InterruptedException {
    start();
    synchronized (store) {
      store.cannotLearn = true;
    }
    run.project(Webhooks.message(1, "wamid.A")).withLedger();
    assertThat(store.ledgerItems).hasSize(1);
    synchronized (store) {
      store.cannotLearn = false;
    }

    run.project(Webhooks.message(2, "wamid.B")).withLedger();
    assertThat(store.ledgerItems).hasSize(2);
    assertThat(store.learned).extracting(number -> number.id()).containsExactly(Webhooks.NUMBER);
  }

  @Test
  void aReaderCanWaitForWhatItJustWrote() throws InterruptedException {
    start();
    long position = journal.add(Webhooks.message(1, "wamid.A"));

    assertThat(run.projection.awaitProjected(position + 1, ProjectionRun.LIMIT)).isTrue();

    assertThat(states(1)).containsExactly(State.PROCESSED);
    assertThat(run.projection.awaitProjected(position + 2, Duration.ofMillis(1))).isFalse();
    assertThat(run.projection.health().isWell()).isTrue();
    assertThat(run.projection.health().lag().positions()).isZero();
  }

  private void start() {
    run = ProjectionRun.start(journal, store, rules);
  }

  private List<State> states(int... numbers) {
    return Arrays.stream(numbers)
        .mapToObj(number -> ProjectionRun.row(store, Webhooks.id(number)).state())
        .toList();
  }

  private List<String> verdicts(int number) {
    return ProjectionRun.verdicts(ProjectionRun.row(store, Webhooks.id(number)));
  }

  private EndpointId endpoint(int index) {
    return rules.endpoints().get(index).id();
  }
}
