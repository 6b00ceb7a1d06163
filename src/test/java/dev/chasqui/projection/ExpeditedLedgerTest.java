package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.routing.Rules;
import dev.chasqui.store.LedgerStore.LedgerItem;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What may switch a contact over or back is applied at once; the rest waits for its run.
class ExpeditedLedgerTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// The number of [Webhooks] has a fallback channel.
  private static final FallbackRules WATCHED =
      new FallbackRules() {
        @Override
        public boolean isWatched(WorkspaceId workspace) {
          return true;
        }

        @Override
        public int errorThreshold(WorkspaceId workspace, String phoneNumberId) {
          return phoneNumberId.equals(Webhooks.NUMBER) ? 5 : 0;
        }
      };

  private final MemoryJournal journal = new MemoryJournal();
  private final MemoryStore store = new MemoryStore();

  @SuppressWarnings("NullAway.Init") // each test starts one
  private ProjectionRun run;

  @AfterEach
  void stop() {
    run.close();
  }

  @Test
  void aFailureIsAppliedToItsContactBeforeItsRun() throws InterruptedException {
    run = ProjectionRun.startWatched(journal, store, new Rules(), WATCHED);
    run.project(Webhooks.statuses(1, "wamid.A failed"), Webhooks.message(2, "wamid.B"));
    assertThat(store.awaitPressed(2, LIMIT)).isTrue();
    assertThat(store.expedited()).allMatch(item -> item.contactContext().errorThreshold() == 5);
    assertThat(store.seen).isEmpty();
    run.withLedger();
    assertThat(store.seen).hasSize(2);
  }

  @Test
  void whatChangesNoContactsWayWaitsForItsRun() throws InterruptedException {
    run = ProjectionRun.startWatched(journal, store, new Rules(), WATCHED);
    run.project(Webhooks.statuses(1, "wamid.A delivered"), Webhooks.statuses(2, "wamid.B sent"));
    run.withLedger();
    assertThat(store.expedited()).isEmpty();
  }

  @Test
  void withoutAFallbackChannelNothingPresses() throws InterruptedException {
    run = ProjectionRun.startWatched(journal, store, new Rules(), FallbackRules.NONE);
    run.project(Webhooks.statuses(1, "wamid.A failed"), Webhooks.message(2, "wamid.B"));
    run.withLedger();
    assertThat(store.expedited()).isEmpty();
    assertThat(store.ledgerItems)
        .extracting(LedgerItem::contactContext)
        .allMatch(contactContext -> !contactContext.isWatched());
  }
}
