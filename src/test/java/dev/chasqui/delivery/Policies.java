package dev.chasqui.delivery;

import dev.chasqui.model.Endpoint;
import dev.chasqui.model.Policy;
import dev.chasqui.model.Policy.StatusSet;
import dev.chasqui.model.Tls;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Policies and changed endpoints for tests.
final class Policies {

  private static final Duration DEADLINE = Duration.ofSeconds(5);

  private Policies() {}

  /// No jitter, `Retry-After` honoured, 2xx is success, 404 cancels, 410 disables.
  static Policy of(Duration... schedule) {
    return of(32, null, schedule);
  }

  static Policy of(int maxInFlight, @Nullable Double ratePerSecond, Duration... schedule) {
    return new Policy(
        DEADLINE,
        new Policy.Retry(List.of(schedule), 0, true),
        maxInFlight,
        ratePerSecond,
        Policy.Ordering.NONE,
        new Policy.Verdicts(new StatusSet("2xx"), new StatusSet("404"), Set.of(410)));
  }

  static Endpoint switchedTo(Endpoint endpoint, Endpoint.Switch switched) {
    Endpoint.Identity was = endpoint.identity();
    return changed(
        endpoint,
        new Endpoint.Identity(was.id(), was.workspace(), was.name(), was.dialect(), switched),
        endpoint.url());
  }

  static Endpoint movedTo(Endpoint endpoint, String url) {
    return changed(endpoint, endpoint.identity(), URI.create(url));
  }

  static Endpoint withTls(Endpoint endpoint, Tls tls) {
    return new Endpoint(
        endpoint.identity(),
        endpoint.role(),
        endpoint.url(),
        endpoint.scope(),
        endpoint.interest(),
        new Endpoint.Access(List.of(), Map.of(), null, tls),
        endpoint.policy());
  }

  static Endpoint withPolicy(Endpoint endpoint, Policy policy) {
    return new Endpoint(
        endpoint.identity(),
        endpoint.role(),
        endpoint.url(),
        endpoint.scope(),
        endpoint.interest(),
        endpoint.access(),
        policy);
  }

  static Policy withRetry(Policy policy, Policy.Retry retry) {
    return new Policy(
        policy.deadline(),
        retry,
        policy.maxInFlight(),
        policy.ratePerSecond(),
        policy.ordering(),
        policy.verdicts());
  }

  private static Endpoint changed(Endpoint endpoint, Endpoint.Identity identity, URI url) {
    return new Endpoint(
        identity,
        endpoint.role(),
        url,
        endpoint.scope(),
        endpoint.interest(),
        endpoint.access(),
        endpoint.policy());
  }
}
