package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.DeliveryId;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Priority;
import dev.chasqui.model.Ulid;
import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.DeliveryStore.Past;
import dev.chasqui.store.Lease;
import dev.chasqui.store.ProjectionStore.Place;
import dev.chasqui.store.ProjectionStore.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaitingWorkTest {

  private static final EarlyBatch EARLY_BATCH =
      new EarlyBatch(new EarlyBatch.Settle(_ -> {}, _ -> {}));

  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

  private final WaitingWork waiting = new WaitingWork();

  @Test
  void messagesGoBeforeEchoesBeforeStatusesBeforeHistory() {
    add(1, Priority.HISTORY, true);
    add(2, Priority.STATUSES, true);
    add(3, Priority.ECHOES, true);
    add(4, Priority.MESSAGES, true);
    assertThat(take(4)).containsExactly(4, 3, 2, 1);
  }

  @Test
  void liveTrafficGoesBeforeABacklogOfTheSamePriority() {
    add(1, Priority.MESSAGES, false);
    add(2, Priority.STATUSES, true);
    add(3, Priority.MESSAGES, true);
    assertThat(take(3)).containsExactly(3, 1, 2);
  }

  @Test
  void equalsGoInTheOrderInWhichTheyCame() {
    add(1, Priority.MESSAGES, true);
    add(2, Priority.MESSAGES, true);
    add(3, Priority.MESSAGES, true);
    assertThat(take(3)).containsExactly(1, 2, 3);
  }

  @Test
  void everyTenthIsTheOldestSoThatNothingWaitsForEver() {
    for (int i = 1; i <= 3; i++) {
      add(i, Priority.STATUSES, true);
    }
    List<Integer> taken = new ArrayList<>();
    for (int i = 100; i < 130; i++) {
      add(i, Priority.MESSAGES, true);
      taken.addAll(take(1));
    }
    assertThat(taken.get(9)).isEqualTo(1);
    assertThat(taken.get(19)).isEqualTo(2);
    assertThat(taken.get(29)).isEqualTo(3);
    assertThat(taken.subList(0, 9)).allMatch(it -> it >= 100);
  }

  @Test
  void itIsEmptyWhenAllIsTaken() {
    add(1, Priority.ECHOES, false);
    assertThat(waiting.hasMessage()).isFalse();
    assertThat(waiting.size()).isOne();
    assertThat(waiting.clear()).hasSize(1);
    assertThat(waiting.isEmpty()).isTrue();
  }

  private void add(int second, Priority priority, boolean isLive) {
    Instant at = START.plusSeconds(second);
    Claimed row =
        new Claimed(
            new DeliveryId(Ulid.of(at, 1, second)),
            new Source(new EventId(Ulid.of(at, 1, second)), second),
            new EndpointId(Ulid.of(START, 1, 1)),
            null,
            Past.NONE,
            new Place(priority, null),
            new Lease("node", 1, START.plusSeconds(1_000)));
    waiting.add(new Work(row, null, isLive ? EARLY_BATCH : null));
  }

  private List<Integer> take(int count) {
    List<Integer> taken = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      taken.add((int) waiting.remove().row().source().position());
    }
    return taken;
  }
}
