package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnwrittenTest {

  private static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Unwritten unwritten = new Unwritten(10, Duration.ofMillis(1));

  @Test
  void whatWaitsIsTakenTogetherInItsOrder() throws InterruptedException {
    Begun first = begun(4, AT);
    Begun second = begun(4, AT.plusSeconds(1));
    unwritten.add(first);
    unwritten.add(second);
    assertThat(unwritten.take()).containsExactly(first, second);
  }

  @Test
  void isFullWithSoManyFactsUntilTheyAreTaken() throws InterruptedException {
    unwritten.add(begun(9, AT));
    assertThat(unwritten.awaitRoom(LIMIT)).isTrue();
    unwritten.add(begun(9, AT));
    assertThat(unwritten.awaitRoom(Duration.ofMillis(1))).isFalse();

    var _ = unwritten.take();

    assertThat(unwritten.awaitRoom(LIMIT)).isTrue();
  }

  @Test
  void theOldestIsWhatIsBeingWrittenUntilItIsDone() throws InterruptedException {
    assertThat(unwritten.oldest()).isEmpty();
    unwritten.add(begun(1, AT));
    var _ = unwritten.take();
    unwritten.add(begun(1, AT.plusSeconds(1)));
    assertThat(unwritten.oldest()).hasValue(AT);
    assertThat(unwritten.awaitNone(Duration.ofMillis(1))).isFalse();

    unwritten.done();
    assertThat(unwritten.oldest()).hasValue(AT.plusSeconds(1));
    var _ = unwritten.take();
    unwritten.done();

    assertThat(unwritten.oldest()).isEmpty();
    assertThat(unwritten.awaitNone(LIMIT)).isTrue();
  }

  @Test
  void afterTheEndWhatWaitsIsTakenAtOnceAndThenNothing() throws InterruptedException {
    Unwritten patient = new Unwritten(10, Duration.ofDays(1));
    Begun last = begun(1, AT);
    patient.add(last);
    patient.close();
    assertThat(patient.take()).containsExactly(last);
    assertThat(patient.take()).isEmpty();
  }

  private static Begun begun(int facts, Instant oldest) {
    return new Begun(
        new Draft(List.of(), Map.of()),
        new Begun.Run(8, facts, oldest),
        List.of(),
        Set.of(),
        Dispatch.Ahead.NONE);
  }
}
