package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.store.DeliveryViews.Deaths;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Endpoints whose deliveries died lately. Resolved when none has died for a while, or when none is
/// dead any more.
final class DeadLetterWatch implements Watch {

  private final Supplier<Map<EndpointId, Deaths>> deaths;
  private final Supplier<List<Endpoint>> endpoints;
  private final Duration quiet;

  private Map<EndpointId, Deaths> known = Map.of();
  private final Map<EndpointId, Instant> lastDeath = new HashMap<>();

  /// How many had died before the deaths that the endpoint's alert tells of.
  private final Map<EndpointId, Long> firstCount = new HashMap<>();

  private boolean hasChecked;

  DeadLetterWatch(
      Supplier<Map<EndpointId, Deaths>> deaths,
      Supplier<List<Endpoint>> endpoints,
      Duration quiet) {
    this.deaths = deaths;
    this.endpoints = endpoints;
    this.quiet = quiet;
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    Map<EndpointId, Deaths> died = deaths.get();
    List<Finding> findings = new ArrayList<>();
    for (Endpoint endpoint : endpoints.get()) {
      Deaths current = died.getOrDefault(endpoint.id(), NONE);
      Alert former = open.of(Kind.DEAD_LETTERS, endpoint.id().toString());
      note(endpoint.id(), current, former, now);
      Instant last = lastDeath.get(endpoint.id());
      boolean isRecent = last != null && last.plus(quiet).isAfter(now);
      if (isRecent && current.now() > 0) {
        findings.add(finding(endpoint, current, diedSince(endpoint.id(), current, former)));
      }
    }
    lastDeath.values().removeIf(at -> !at.plus(quiet).isAfter(now));
    firstCount.keySet().retainAll(lastDeath.keySet());
    known = died;
    hasChecked = true;
    return findings;
  }

  private static final Deaths NONE = new Deaths(0, 0);

  /// What had died before the first check is old, unless its alert is open still.
  private void note(EndpointId endpoint, Deaths current, @Nullable Alert former, Instant now) {
    long before = known.getOrDefault(endpoint, NONE).ever();
    boolean died = hasChecked ? current.ever() > before : former != null;
    if (died) {
      lastDeath.put(endpoint, now);
    }
  }

  /// How many died since the alert was raised, or since the last check if it is not.
  private long diedSince(EndpointId endpoint, Deaths current, @Nullable Alert former) {
    if (former == null) {
      firstCount.remove(endpoint);
    }
    long first =
        firstCount.computeIfAbsent(
            endpoint,
            _ ->
                former == null
                    ? known.getOrDefault(endpoint, NONE).ever()
                    : current.ever() - Count.of(former, "died"));
    return current.ever() - first;
  }

  private Finding finding(Endpoint endpoint, Deaths current, long died) {
    String summary =
        "%s to endpoint %s (%s) died; %s now and can be replayed"
            .formatted(
                Count.of(died, "delivery", "deliveries"),
                endpoint.id(),
                endpoint.identity().name(),
                Count.of(current.now(), "is a dead letter", "are dead letters"));
    Map<String, String> details =
        Map.of(
            "endpointId", endpoint.id().toString(),
            "name", endpoint.identity().name(),
            "died", Long.toString(died),
            "deadLetters", Long.toString(current.now()));
    return new Finding(
        endpoint.workspace(),
        new Finding.Topic(Kind.DEAD_LETTERS, endpoint.id().toString()),
        "dying",
        new Alert.Words(Severity.WARNING, summary, details),
        Duration.ZERO);
  }
}
