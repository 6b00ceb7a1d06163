package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Ulid;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueTimesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final EndpointId A = new EndpointId(new Ulid(1, 1));
  private static final EndpointId B = new EndpointId(new Ulid(1, 2));

  private final DueTimes times = new DueTimes();

  @Test
  void nothingIsEverDueEarly() {
    times.add(A, NOW.plusMillis(50));
    assertThat(times.due(NOW.plusMillis(49))).isEmpty();
    assertThat(times.due(NOW.plusMillis(99))).isEmpty();
    assertThat(times.due(NOW.plusMillis(100))).containsExactly(A);
  }

  @Test
  void laterTimesOutliveAClaim() {
    times.add(A, NOW);
    times.add(A, NOW.plusSeconds(10));
    times.clearDue(A, NOW);
    assertThat(times.due(NOW)).isEmpty();
    assertThat(times.due(NOW.plusSeconds(10))).containsExactly(A);
  }

  @Test
  void theNextTimeIsThatOfWhatIsNotDueYet() {
    times.add(A, NOW.minusSeconds(5));
    assertThat(times.untilNext(NOW)).isEmpty();
    times.add(A, NOW.plusSeconds(10));
    times.add(B, NOW.plusSeconds(3));
    assertThat(times.untilNext(NOW)).contains(Duration.ofSeconds(3));
  }

  @Test
  void onlyTheEarliestTimesOfAnEndpointAreKept() {
    for (int second = 5_000; second > 0; second--) {
      times.add(A, NOW.plusSeconds(second));
    }
    assertThat(times.untilNext(NOW)).contains(Duration.ofSeconds(1));
    times.clearDue(A, NOW.plusSeconds(1_000));
    assertThat(times.due(NOW.plusSeconds(5_000))).isEmpty();
  }

  @Test
  void aForgottenEndpointIsNotDue() {
    times.add(A, NOW);
    times.clear(A);
    times.clearDue(B, NOW);
    assertThat(times.due(NOW)).isEmpty();
    assertThat(times.untilNext(NOW)).isEmpty();
  }
}
