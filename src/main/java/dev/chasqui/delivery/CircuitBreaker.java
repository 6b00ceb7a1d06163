package dev.chasqui.delivery;

import dev.chasqui.delivery.EndpointHealth.State;

/// How an endpoint has answered lately, and how many deliveries it may therefore have under way.
///
/// After a time of failing the allowance grows from 1 by 1 with every success, so that a recovered
/// receiver is not met by its whole backlog at once.
///
/// @param state healthy, degraded or failing
/// @param failures failed attempts since the last success
/// @param successes successes since the last failure
/// @param allowance deliveries under way at most
record CircuitBreaker(State state, int failures, int successes, int allowance) {

  /// An endpoint that nothing is known of.
  static final CircuitBreaker NEW = new CircuitBreaker(State.HEALTHY, 0, 0, Integer.MAX_VALUE);

  CircuitBreaker afterSuccess() {
    return new CircuitBreaker(State.HEALTHY, 0, increment(successes), increment(allowance));
  }

  /// @param exhausted whether the delivery had no attempt left
  CircuitBreaker afterFailure(boolean exhausted, DeliverySettings.HealthRules rules) {
    int now = increment(failures);
    boolean failing = isFailing() || exhausted || now >= rules.failuresUntilFailing();
    return failing
        ? new CircuitBreaker(State.FAILING, now, 0, 1)
        : new CircuitBreaker(State.DEGRADED, now, 0, allowance);
  }

  boolean isFailing() {
    return state == State.FAILING;
  }

  private static int increment(int value) {
    return value == Integer.MAX_VALUE ? value : value + 1;
  }
}
