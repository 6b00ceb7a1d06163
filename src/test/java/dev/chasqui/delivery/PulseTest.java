package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.DeliverySettings.HealthRules;
import dev.chasqui.delivery.EndpointHealth.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PulseTest {

  private static final HealthRules RULES =
      new HealthRules(3, Duration.ofSeconds(1), Duration.ofMinutes(10));

  @Test
  void oneFailureDegradesAndOneSuccessHeals() {
    Pulse degraded = Pulse.NEW.afterFailure(false, RULES);
    assertThat(degraded.state()).isEqualTo(State.DEGRADED);
    assertThat(degraded.allowance()).isEqualTo(Integer.MAX_VALUE);
    assertThat(degraded.afterSuccess())
        .isEqualTo(new Pulse(State.HEALTHY, 0, 1, Integer.MAX_VALUE));
  }

  @Test
  void enoughFailuresInARowMakeItFailing() {
    Pulse pulse = failed(2, Pulse.NEW);
    assertThat(pulse.isFailing()).isFalse();
    assertThat(failed(3, Pulse.NEW).isFailing()).isTrue();
    assertThat(failed(2, pulse.afterSuccess()).isFailing()).isFalse();
  }

  @Test
  void anExhaustedScheduleMakesItFailingAtOnce() {
    assertThat(Pulse.NEW.afterFailure(true, RULES).isFailing()).isTrue();
  }

  @Test
  void theAllowanceGrowsFromOneWithEachSuccess() {
    Pulse failing = failed(3, Pulse.NEW);
    assertThat(failing.allowance()).isOne();
    assertThat(failing.afterSuccess().allowance()).isEqualTo(2);
    assertThat(failing.afterSuccess().afterSuccess().allowance()).isEqualTo(3);
    assertThat(failed(1, failing.afterSuccess()).allowance()).isEqualTo(2);
  }

  private static Pulse failed(int times, Pulse from) {
    Pulse pulse = from;
    for (int i = 0; i < times; i++) {
      pulse = pulse.afterFailure(false, RULES);
    }
    return pulse;
  }
}
