package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.DeliverySettings.HealthRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliverySettingsTest {

  private static DeliverySettings withBacklogAge(Duration age) {
    DeliverySettings defaults = Rig.DEFAULTS;
    HealthRules health =
        new HealthRules(
            defaults.health().failuresUntilFailing(),
            defaults.health().probePause(),
            defaults.health().headOfLine(),
            age);
    return new DeliverySettings(
        defaults.userAgent(),
        defaults.memory(),
        defaults.lanes(),
        defaults.claiming(),
        defaults.settling(),
        health,
        defaults.answers());
  }

  @Test
  void theStoreIsPolledEveryHalfMinute() {
    assertThat(Rig.DEFAULTS.poll()).isEqualTo(Duration.ofSeconds(30));
    assertThat(withBacklogAge(Duration.ofMinutes(2)).poll()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aBacklogThatIsKeptForShortIsLookedForFourTimesWithinItsAge() {
    assertThat(withBacklogAge(Duration.ofSeconds(30)).poll()).isEqualTo(Duration.ofMillis(7_500));
  }

  @Test
  void howeverShortTheStoreIsPolledOnceASecondAtMost() {
    assertThat(withBacklogAge(Duration.ofSeconds(2)).poll()).isEqualTo(Duration.ofSeconds(1));
    assertThat(withBacklogAge(Duration.ZERO).poll()).isEqualTo(Duration.ofSeconds(1));
  }
}
