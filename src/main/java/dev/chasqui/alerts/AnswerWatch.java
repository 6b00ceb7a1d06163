package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Endpoints that answer with a 2xx which is no success by their policy, so that each delivery is
/// sent again until it dies. Over when the policy counts the status, or when the endpoint has not
/// answered so for a while.
final class AnswerWatch implements Watch {

  private final Receivers receivers;
  private final Duration quiet;
  private final ConcurrentMap<EndpointId, Told> told = new ConcurrentHashMap<>();
  private final Map<EndpointId, Seen> seen = new HashMap<>();
  private boolean hasChecked;

  AnswerWatch(Receivers receivers, Duration quiet) {
    this.receivers = receivers;
    this.quiet = quiet;
  }

  /// Since the last check.
  private record Told(int status, long count) {}

  /// Since the alert.
  private record Seen(int status, long count, Instant last) {}

  /// An endpoint's 2xx was no success.
  void refused(EndpointId endpoint, int status) {
    told.merge(endpoint, new Told(status, 1), (a, b) -> new Told(b.status(), a.count() + 1));
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    if (!hasChecked) {
      // After a restart the time that an open alert still has begins anew.
      for (Alert alert : open.of(Kind.ENDPOINT_ANSWERS)) {
        int status = (int) Count.of(alert, "status");
        seen.put(
            EndpointId.parse(alert.subject()), new Seen(status, Count.of(alert, "count"), now));
      }
      hasChecked = true;
    }
    for (EndpointId id : List.copyOf(told.keySet())) {
      Told fresh = told.remove(id);
      if (fresh != null) {
        seen.merge(
            id,
            new Seen(fresh.status(), fresh.count(), now),
            (a, b) -> new Seen(b.status(), a.count() + b.count(), now));
      }
    }
    seen.values().removeIf(it -> !it.last().plus(quiet).isAfter(now));
    List<Finding> findings = new ArrayList<>();
    for (Endpoint endpoint : receivers.present()) {
      Finding finding = finding(endpoint);
      if (finding != null) {
        findings.add(finding);
      }
    }
    return findings;
  }

  private @Nullable Finding finding(Endpoint endpoint) {
    Seen known = seen.get(endpoint.id());
    if (known == null || endpoint.policy().verdicts().success().contains(known.status())) {
      seen.remove(endpoint.id());
      return null;
    }
    return finding(endpoint, known);
  }

  private static Finding finding(Endpoint endpoint, Seen known) {
    String id = endpoint.id().toString();
    String policy = endpoint.policy().verdicts().success().text();
    String summary =
        ("endpoint %s (%s) answered %s with %d, but its policy counts %s alone as success, so each"
                + " is sent again. If it takes them: PATCH /api/v1/endpoints/%s"
                + " {\"policy\":{\"success\":\"2xx\"}}")
            .formatted(
                id,
                endpoint.identity().name(),
                Count.of(known.count(), "delivery", "deliveries"),
                known.status(),
                policy,
                id);
    Map<String, String> details =
        Map.of(
            "endpointId", id,
            "name", endpoint.identity().name(),
            "status", Integer.toString(known.status()),
            "success", policy,
            "count", Long.toString(known.count()));
    return new Finding(
        endpoint.workspace(),
        new Finding.Topic(Kind.ENDPOINT_ANSWERS, id),
        "refused",
        new Alert.Words(Severity.WARNING, summary, details),
        Duration.ZERO);
  }
}
