package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DialectName;
import dev.chasqui.model.Endpoint;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.ProjectionStore.Filtered;
import dev.chasqui.store.ProjectionStore.Owed;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The rule of seed 002: what was read was delivered, so nobody needs to be told that as well.
class DeliveredAfterReadTest {

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();
  private final Rules rules =
      new Rules()
          .speaking(DialectName.STANDARD)
          .subscriber("all", Endpoint.Scope.WORKSPACE, Endpoint.Interest.ALL)
          .droppingDeliveredAfterRead()
          .subscriber("some", Endpoint.Scope.WORKSPACE, Endpoint.Interest.ALL);
  private final ProjectionRun run = ProjectionRun.start(journal, store, rules);

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void deliveredIsLeftOutBesideReadInOneEnvelope() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A delivered", "wamid.A read", "wamid.B delivered"));

    assertThat(owed("all")).containsExactly("0.0.0", "0.0.1", "0.0.2");
    assertThat(owed("some")).containsExactly("0.0.1", "0.0.2");
  }

  @Test
  void whatIsLeftOutHasARowThatNamesTheRule() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A delivered", "wamid.A read"));

    Filtered row = store.filtered.getFirst();
    assertThat(store.filtered).hasSize(1);
    assertThat(row.reason()).isEqualTo("delivered_after_read");
    assertThat(row.endpoint()).isEqualTo(rules.endpoints().getLast().id());
    assertThat(row.source().event()).isEqualTo(Webhooks.id(1));
    assertThat(row.selection()).isEqualTo("0.0.0");
    assertThat(store.owed()).extracting(Owed::id).doesNotContain(row.id());
  }

  @Test
  void deliveredIsLeftOutIfReadCameBefore() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A read"), Webhooks.statuses(2, "wamid.A delivered"));
    run.withLedger();
    run.project(Webhooks.statuses(3, "wamid.A delivered gina", "wamid.A read gina"));
    run.project(Webhooks.statuses(4, "wamid.B played"), Webhooks.statuses(5, "wamid.B delivered"));

    assertThat(store.filtered)
        .extracting(row -> row.source().event())
        .containsExactly(Webhooks.id(2), Webhooks.id(3), Webhooks.id(5));
  }

  @Test
  void deliveredIsLeftOutIfReadIsKnownFromTheLedgerAlone() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A read")).withLedger();
    run.project(Webhooks.statuses(2, "wamid.A delivered"));

    assertThat(store.filtered).hasSize(1);
  }

  @Test
  void allElseIsTold() throws InterruptedException {
    run.project(
        Webhooks.statuses(1, "wamid.A delivered", "wamid.A sent", "wamid.B read"),
        Webhooks.statuses(2, "wamid.A read", "wamid.A failed"),
        Webhooks.statuses(3, "wamid.C read ana", "wamid.C delivered ben"));

    assertThat(store.filtered).isEmpty();
    assertThat(owed("some")).hasSize(7);
  }

  @Test
  void aReplayByTheRulesKeepsToThem() throws InterruptedException {
    run.project(Webhooks.statuses(1, "wamid.A delivered", "wamid.A read"));

    EventReplay.Replayed replayed = run.projection.replay().preview(Webhooks.id(1));

    assertThat(replayed)
        .isInstanceOfSatisfying(
            EventReplay.Replayed.Done.class, done -> assertThat(done.deliveries()).hasSize(3));
  }

  @Test
  void onlyADeliveredCostsQuestionsAndOnlyWhereSomebodyAsks() throws InterruptedException {
    run.project(
        Webhooks.statuses(1, "wamid.A sent", "wamid.B read"), Webhooks.message(2, "wamid.C"));
    assertThat(store.asked).isEqualTo(3);
    run.project(Webhooks.statuses(3, "wamid.D delivered"));
    assertThat(store.asked).isEqualTo(3 + 1 + 2);
  }

  @Test
  void whereNobodyAsksNothingIsAsked() throws InterruptedException {
    MemoryStore other = new MemoryStore();
    Rules plain = new Rules().application("app");
    try (ProjectionRun plainRun = ProjectionRun.start(new MemoryJournal(), other, plain)) {
      plainRun.project(Webhooks.statuses(1, "wamid.A delivered", "wamid.A read"));
      assertThat(other.asked).isEqualTo(2);
      assertThat(other.filtered).isEmpty();
    }
  }

  private List<String> owed(String endpoint) {
    Set<Endpoint> named = Set.copyOf(rules.endpoints());
    return named.stream()
        .filter(it -> it.identity().name().equals(endpoint))
        .flatMap(it -> store.owedTo(it.id()).stream())
        .map(row -> String.valueOf(row.selection()))
        .toList();
  }
}
