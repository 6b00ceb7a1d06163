package dev.chasqui.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CourtesyTest {

  private static final long TENTH = Duration.ofMillis(100).toNanos();
  private static final Duration WORKED = Duration.ofMillis(4);

  private final Courtesy courtesy = new Courtesy(1_000_000);

  @Test
  void restsWhileTheJournalGrowsFasterThanAllowed() {
    assertThat(courtesy.rest(5_000, 0, WORKED)).isZero();
    assertThat(courtesy.rest(205_000, TENTH, WORKED)).isEqualTo(WORKED.multipliedBy(9));
  }

  @Test
  void worksOnAtAnAllowedRateAndAfterTheBurst() {
    courtesy.rest(0, 0, WORKED);
    assertThat(courtesy.rest(90_000, TENTH, WORKED)).isZero();
    assertThat(courtesy.rest(900_000, 2 * TENTH, WORKED)).isPositive();
    assertThat(courtesy.rest(950_000, 3 * TENTH, WORKED)).isZero();
  }

  @Test
  void neverRestsLong() {
    courtesy.rest(0, 0, WORKED);
    assertThat(courtesy.rest(1_000_000, TENTH, Duration.ofSeconds(2)))
        .isLessThan(Duration.ofSeconds(1));
  }
}
