package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.SeriesStore.Counted;
import dev.chasqui.testkit.MovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is counted in memory between two batches, and its bound.
class SeriesCountsTest {

  private static final int MAX = 3;

  private final MovedClock clock = new MovedClock();
  private final SeriesCounts counts = new SeriesCounts(MAX, clock, _ -> null);

  @Test
  void eachCountIsTakenOutOnce() {
    reject("a", 2);
    reject("b", 1);
    assertThat(drained()).isEqualTo(Map.of("a", 2L, "b", 1L));
    reject("a", 1);
    assertThat(drained()).isEqualTo(Map.of("a", 1L));
    assertThat(drained()).isEmpty();
  }

  @Test
  void beyondTheBoundOfAMinuteLabelsAreOthers() {
    for (String label : List.of("a", "b", "c", "d", "e", "a")) {
      reject(label, 1);
    }
    assertThat(drained()).isEqualTo(Map.of("a", 2L, "b", 1L, "c", 1L, SeriesCounts.OTHER, 2L));
    // What was written is still known in the same minute.
    reject("f", 1);
    reject("c", 1);
    assertThat(drained()).isEqualTo(Map.of("c", 1L, SeriesCounts.OTHER, 1L));
    clock.move(Duration.ofMinutes(1));
    reject("f", 1);
    assertThat(drained()).isEqualTo(Map.of("f", 1L));
  }

  @Test
  void whatTheStoreDoesNotTakeIsBoundedAndTheRestIsTold() {
    for (int minute = 0; minute < 5; minute++) {
      reject("a", 1);
      reject("b", 1);
      reject("c", 1);
      clock.move(Duration.ofMinutes(1));
    }
    assertThat(counts.takeLost()).isEqualTo(9);
    assertThat(counts.takeLost()).isZero();
    assertThat(counts.drain()).hasSize(2 * MAX);
  }

  @Test
  void nothingIsLostOrCountedTwiceWhileBatchesAreTakenOut() throws InterruptedException {
    int each = 20_000;
    List<Thread> threads = new ArrayList<>();
    for (String label : List.of("a", "a", "b")) {
      threads.add(Thread.ofVirtual().start(() -> reject(label, each)));
    }
    Map<String, Long> sum = new TreeMap<>();
    while (threads.stream().anyMatch(Thread::isAlive)) {
      drained().forEach((label, amount) -> sum.merge(label, amount, Long::sum));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    drained().forEach((label, amount) -> sum.merge(label, amount, Long::sum));
    assertThat(sum).isEqualTo(Map.of("a", 2L * each, "b", (long) each));
  }

  private void reject(String source, int times) {
    for (int i = 0; i < times; i++) {
      counts.rejected(WorkspaceId.DEFAULT, source, "invalid_signature");
    }
  }

  private Map<String, Long> drained() {
    Map<String, Long> amounts = new TreeMap<>();
    for (Counted counted : counts.drain()) {
      amounts.merge(counted.key().label(), counted.amount(), Long::sum);
    }
    return amounts;
  }
}
