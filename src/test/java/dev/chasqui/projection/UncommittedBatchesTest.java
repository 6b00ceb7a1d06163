package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UncommittedBatchesTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final UncommittedBatches uncommittedBatches =
      new UncommittedBatches(10, Duration.ofMillis(1));

  @Test
  void whatWaitsIsTakenTogetherInItsOrder() throws InterruptedException {
    UncommittedBatch first = batch(4, AT);
    UncommittedBatch second = batch(4, AT.plusSeconds(1));
    uncommittedBatches.add(first);
    uncommittedBatches.add(second);
    assertThat(uncommittedBatches.take()).containsExactly(first, second);
  }

  @Test
  void isFullWithSoManyFactsUntilTheyAreTaken() throws InterruptedException {
    uncommittedBatches.add(batch(9, AT));
    assertThat(uncommittedBatches.awaitRoom(LIMIT)).isTrue();
    uncommittedBatches.add(batch(9, AT));
    assertThat(uncommittedBatches.awaitRoom(Duration.ofMillis(1))).isFalse();

    var _ = uncommittedBatches.take();

    assertThat(uncommittedBatches.awaitRoom(LIMIT)).isTrue();
  }

  @Test
  void theOldestIsWhatIsBeingWrittenUntilItIsDone() throws InterruptedException {
    assertThat(uncommittedBatches.oldest()).isEmpty();
    uncommittedBatches.add(batch(1, AT));
    var _ = uncommittedBatches.take();
    uncommittedBatches.add(batch(1, AT.plusSeconds(1)));
    assertThat(uncommittedBatches.oldest()).hasValue(AT);
    assertThat(uncommittedBatches.awaitNone(Duration.ofMillis(1))).isFalse();

    uncommittedBatches.done();
    assertThat(uncommittedBatches.oldest()).hasValue(AT.plusSeconds(1));
    var _ = uncommittedBatches.take();
    uncommittedBatches.done();

    assertThat(uncommittedBatches.oldest()).isEmpty();
    assertThat(uncommittedBatches.awaitNone(LIMIT)).isTrue();
  }

  @Test
  void afterTheEndWhatWaitsIsTakenAtOnceAndThenNothing() throws InterruptedException {
    UncommittedBatches patient = new UncommittedBatches(10, Duration.ofDays(1));
    UncommittedBatch last = batch(1, AT);
    patient.add(last);
    patient.close();
    assertThat(patient.take()).containsExactly(last);
    assertThat(patient.take()).isEmpty();
  }

  private static UncommittedBatch batch(int facts, Instant oldest) {
    return new UncommittedBatch(
        new Draft(List.of(), Map.of()),
        new UncommittedBatch.Run(8, facts, oldest),
        List.of(),
        Set.of(),
        Dispatch.EarlyBatch.NONE);
  }
}
