package dev.chasqui.alerts;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.EndpointHealth.State;
import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Endpoints that do not do well. One that is failing is worth an alert at once, one that is
/// degraded only if it stays so: a single failed attempt makes it degraded. After a restart nothing
/// is known of an endpoint, so an alert stays open until a success has been seen.
final class HealthWatch implements Watch {

  private final Receivers receivers;
  private final Duration degradedAfter;

  /// Those that fell to failing since the last check, whatever they are by now.
  private final Set<EndpointId> fell = ConcurrentHashMap.newKeySet();

  HealthWatch(Receivers receivers, Duration degradedAfter) {
    this.receivers = receivers;
    this.degradedAfter = degradedAfter;
  }

  void changed(EndpointHealth after) {
    if (after.state() == State.FAILING) {
      fell.add(after.endpoint());
    }
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    Set<EndpointId> fallen = Set.copyOf(fell);
    List<Finding> findings = new ArrayList<>();
    for (Endpoint endpoint : receivers.present()) {
      EndpointHealth health = receivers.health().apply(endpoint.id());
      Alert former = open.of(Kind.ENDPOINT_HEALTH, endpoint.id().toString());
      Finding finding = finding(endpoint, state(endpoint, health, fallen), health, former);
      if (finding != null) {
        findings.add(finding);
      }
    }
    // Those of endpoints that are gone by now go too.
    fell.removeAll(fallen);
    return findings;
  }

  private @Nullable Finding finding(
      Endpoint endpoint, State state, EndpointHealth health, @Nullable Alert former) {
    boolean wasFailing = former != null && former.condition().equals(State.FAILING.wire());
    boolean wasUnwell =
        wasFailing || (former != null && former.condition().equals(State.DEGRADED.wire()));
    boolean isKept =
        switch (state) {
          case HEALTHY -> wasUnwell && health.consecutiveSuccesses() == 0;
          case DEGRADED -> wasFailing;
          case FAILING, PAUSED, DISABLED, REMOVED -> false;
        };
    if (isKept && former != null) {
      return Finding.still(former);
    }
    return state == State.HEALTHY ? null : of(endpoint, state, health);
  }

  private static State state(Endpoint endpoint, EndpointHealth health, Set<EndpointId> fallen) {
    boolean hasFallen = fallen.contains(endpoint.id());
    return switch (endpoint.identity().switched()) {
      case PAUSED -> State.PAUSED;
      case DISABLED -> State.DISABLED;
      case REMOVED -> State.REMOVED;
      case ON -> hasFallen ? State.FAILING : ofBreaker(health.state());
    };
  }

  /// What was switched on a moment ago may still be called otherwise by the dispatcher.
  private static State ofBreaker(State told) {
    return switch (told) {
      case HEALTHY, DEGRADED, FAILING -> told;
      case PAUSED, DISABLED, REMOVED -> State.HEALTHY;
    };
  }

  private Finding of(Endpoint endpoint, State state, EndpointHealth health) {
    String name = "endpoint " + endpoint.id() + " (" + endpoint.identity().name() + ") ";
    Map<String, String> details =
        Map.of(
            "endpointId",
            endpoint.id().toString(),
            "name",
            endpoint.identity().name(),
            "dialect",
            endpoint.dialect().wire(),
            "consecutiveFailures",
            Integer.toString(health.consecutiveFailures()));
    Alert.Words words = new Alert.Words(severity(state), name + sentence(state), details);
    Duration hold = state == State.DEGRADED ? degradedAfter : Duration.ZERO;
    return new Finding(
        endpoint.workspace(),
        new Finding.Topic(Kind.ENDPOINT_HEALTH, endpoint.id().toString()),
        state.wire(),
        words,
        hold);
  }

  private static Severity severity(State state) {
    return switch (state) {
      case FAILING, DISABLED -> Severity.CRITICAL;
      case DEGRADED -> Severity.WARNING;
      case HEALTHY, PAUSED, REMOVED -> Severity.INFO;
    };
  }

  private static String sentence(State state) {
    return switch (state) {
      case FAILING -> "is failing: its backlog is kept and it is probed until it answers";
      case DEGRADED -> "is degraded: attempts fail, others may still go through";
      case PAUSED -> "is paused: its backlog is kept until it is resumed";
      case DISABLED -> "is disabled: new events are not queued and nothing is sent";
      case REMOVED -> "is removed";
      case HEALTHY -> "is healthy";
    };
  }
}
