package dev.chasqui.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.delivery.DeliverySettings.HealthRules;
import dev.chasqui.delivery.EndpointHealth.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private static final HealthRules RULES =
      new HealthRules(3, Duration.ofSeconds(1), Duration.ofMinutes(10));

  @Test
  void oneFailureDegradesAndOneSuccessHeals() {
    CircuitBreaker degraded = CircuitBreaker.NEW.afterFailure(false, RULES);
    assertThat(degraded.state()).isEqualTo(State.DEGRADED);
    assertThat(degraded.allowance()).isEqualTo(Integer.MAX_VALUE);
    assertThat(degraded.afterSuccess())
        .isEqualTo(new CircuitBreaker(State.HEALTHY, 0, 1, Integer.MAX_VALUE));
  }

  @Test
  void enoughFailuresInARowMakeItFailing() {
    CircuitBreaker breaker = failed(2, CircuitBreaker.NEW);
    assertThat(breaker.isFailing()).isFalse();
    assertThat(failed(3, CircuitBreaker.NEW).isFailing()).isTrue();
    assertThat(failed(2, breaker.afterSuccess()).isFailing()).isFalse();
  }

  @Test
  void anExhaustedScheduleMakesItFailingAtOnce() {
    assertThat(CircuitBreaker.NEW.afterFailure(true, RULES).isFailing()).isTrue();
  }

  @Test
  void theAllowanceGrowsFromOneWithEachSuccess() {
    CircuitBreaker failing = failed(3, CircuitBreaker.NEW);
    assertThat(failing.allowance()).isOne();
    assertThat(failing.afterSuccess().allowance()).isEqualTo(2);
    assertThat(failing.afterSuccess().afterSuccess().allowance()).isEqualTo(3);
    assertThat(failed(1, failing.afterSuccess()).allowance()).isEqualTo(2);
  }

  private static CircuitBreaker failed(int times, CircuitBreaker from) {
    CircuitBreaker breaker = from;
    for (int i = 0; i < times; i++) {
      breaker = breaker.afterFailure(false, RULES);
    }
    return breaker;
  }
}
