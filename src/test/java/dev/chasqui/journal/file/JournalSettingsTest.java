package dev.chasqui.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JournalSettingsTest {

  @Test
  void defaultsSuitASmallServer() {
    JournalSettings defaults = JournalSettings.DEFAULTS;

    assertThat(defaults.segmentBytes()).isEqualTo(67_108_864);
    assertThat(defaults.capBytes()).isEqualTo(21_474_836_480L);
    assertThat(defaults.reserveBytes()).isEqualTo(536_870_912);
    assertThat(defaults.maxWaitingBytes()).isEqualTo(67_108_864);
    assertThat(defaults.pacing()).isEqualTo(JournalSettings.Pacing.NONE);
    assertThat(defaults.retention()).isEqualTo(Duration.ofDays(30));
  }

  @Test
  void limitOfRetentionLeavesRoomForTwoSegments() {
    assertThat(JournalSettings.DEFAULTS.sizeLimitBytes())
        .isEqualTo(21_474_836_480L - 2 * 67_108_864);
  }

  @Test
  void whatMakesNoSenseIsRefusedByName() {
    assertRefused("segmentBytes", 20_000, 1 << 30, 0, Duration.ZERO);
    assertRefused("segmentBytes", 4096, 1 << 30, 0, Duration.ZERO);
    assertRefused("segmentBytes", 2L << 30, 20L << 30, 0, Duration.ZERO);
    assertRefused("capBytes", 1 << 20, 2 << 20, 0, Duration.ZERO);
    assertRefused("reserveBytes", 1 << 20, 1 << 30, -1, Duration.ZERO);
    assertRefused("busyMaxDelay", 1 << 20, 1 << 30, 0, Duration.ofMillis(-1));
  }

  private static void assertRefused(
      String name, long segment, long cap, long reserve, Duration busyMaxDelay) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new JournalSettings(
                    segment,
                    cap,
                    reserve,
                    1,
                    new JournalSettings.Pacing(busyMaxDelay, Duration.ZERO),
                    Duration.ofDays(1)))
        .withMessageStartingWith(name);
  }
}
