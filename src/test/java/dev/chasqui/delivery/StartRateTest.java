package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StartRateTest {

  private static final long SECOND = 1_000_000_000;

  @Test
  void startsAreSpacedEvenly() {
    StartRate rate = StartRate.of(4);
    long free = rate.after(0, 0);
    assertThat(free).isEqualTo(SECOND / 4);
    assertThat(rate.after(free, free)).isEqualTo(SECOND / 2);
  }

  @Test
  void aLateWakeUpDoesNotLowerTheRate() {
    StartRate rate = StartRate.of(100);
    long free = 10_000_000;
    assertThat(rate.after(free, free + 5_000_000)).isEqualTo(20_000_000);
  }

  @Test
  void aLongPauseIsNotMadeUpForByABurst() {
    StartRate rate = StartRate.of(100);
    long now = 60 * SECOND;
    long free = 0;
    int atOnce = 0;
    while (free <= now) {
      free = rate.after(free, now);
      atOnce++;
    }
    assertThat(atOnce).isLessThanOrEqualTo(3);
  }

  @Test
  void aVerySlowRateDoesNotOverflow() {
    assertThat(StartRate.of(1e-12).after(0, 0)).isPositive();
  }
}
