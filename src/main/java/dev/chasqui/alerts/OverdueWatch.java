package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.model.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Watches the oldest due delivery of each lane, those of throttled and failing endpoints included;
/// deliveries of a paused or disabled endpoint wait by an operator's wish and do not count. The
/// alert is raised above the limit and resolved below half of it.
final class OverdueWatch implements Watch {

  private final Supplier<Map<EndpointId, Instant>> oldestDue;
  private final Receivers receivers;
  private final Duration limit;

  private volatile Map<Lane, Oldest> oldest = Map.of();

  OverdueWatch(Supplier<Map<EndpointId, Instant>> oldestDue, Receivers receivers, Duration limit) {
    this.oldestDue = oldestDue;
    this.receivers = receivers;
    this.limit = limit;
  }

  /// The oldest due delivery of a lane.
  private record Oldest(EndpointId endpoint, Instant due) {

    static Oldest earlier(Oldest a, Oldest b) {
      return a.due().isBefore(b.due()) ? a : b;
    }
  }

  /// How old the oldest due delivery of a lane is, as of the last check.
  Duration age(Lane lane, Instant now) {
    Oldest one = oldest.get(lane);
    return one == null || one.due().isAfter(now) ? Duration.ZERO : Duration.between(one.due(), now);
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    oldest = read();
    List<Finding> findings = new ArrayList<>();
    for (Lane lane : Lane.values()) {
      boolean isOpen = open.of(Kind.LANE_OVERDUE, lane.wire()) != null;
      Oldest one = oldest.get(lane);
      Duration allowed = isOpen ? limit.dividedBy(2) : limit;
      if (one != null && age(lane, now).compareTo(allowed) > 0) {
        findings.add(finding(lane, one, age(lane, now)));
      }
    }
    return findings;
  }

  private Map<Lane, Oldest> read() {
    Map<EndpointId, Instant> due = oldestDue.get();
    Map<Lane, Oldest> byLane = new EnumMap<>(Lane.class);
    for (Endpoint endpoint : receivers.all().get()) {
      Instant since = due.get(endpoint.id());
      if (since != null && endpoint.identity().switched() == Endpoint.Switch.ON) {
        Lane lane = receivers.health().apply(endpoint.id()).lane();
        byLane.merge(lane, new Oldest(endpoint.id(), since), Oldest::earlier);
      }
    }
    return byLane;
  }

  private static Finding finding(Lane lane, Oldest one, Duration age) {
    String summary =
        "the oldest due delivery of the lane %s has waited for %s; it is endpoint %s's"
            .formatted(lane.wire(), Count.of(age.toSeconds(), "second", "seconds"), one.endpoint());
    Map<String, String> details =
        Map.of(
            "lane", lane.wire(),
            "endpointId", one.endpoint().toString(),
            "oldestDueSeconds", Long.toString(age.toSeconds()));
    return new Finding(
        WorkspaceId.DEFAULT,
        new Finding.Topic(Kind.LANE_OVERDUE, lane.wire()),
        "overdue",
        new Alert.Words(Severity.WARNING, summary, details),
        Duration.ZERO);
  }
}
