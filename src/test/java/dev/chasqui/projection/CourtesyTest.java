package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CourtesyTest {

  private static final long TENTH = Duration.ofMillis(100).toNanos();
  private static final Duration WORKED = Duration.ofMillis(4);

  private final Courtesy courtesy = new Courtesy(1_000_000);

  @Test
  void aJournalThatGrowsFasterThanAllowedIsABurst() {
    assertThat(courtesy.isBurst(5_000, 0)).isFalse();
    assertThat(courtesy.isBurst(205_000, TENTH)).isTrue();
  }

  @Test
  void worksOnAtAnAllowedRateAndAfterTheBurst() {
    courtesy.isBurst(0, 0);
    assertThat(courtesy.isBurst(90_000, TENTH)).isFalse();
    assertThat(courtesy.isBurst(900_000, 2 * TENTH)).isTrue();
    assertThat(courtesy.isBurst(950_000, 3 * TENTH)).isFalse();
  }

  @Test
  void restsNineTimesAsLongAsItWorkedAndNeverLong() {
    assertThat(Courtesy.rest(WORKED)).isEqualTo(WORKED.multipliedBy(9));
    assertThat(Courtesy.rest(Duration.ofSeconds(2))).isLessThan(Duration.ofSeconds(1));
  }
}
