package dev.chasqui.app;

import dev.chasqui.alerts.Alerts;
import dev.chasqui.delivery.DeliveryEvents;
import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.Outcome;
import dev.chasqui.ingress.IngressEvents;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.EventId;
import dev.chasqui.model.Topic;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.observe.Metrics;
import dev.chasqui.store.DeliveryStore.Settlement;
import dev.chasqui.store.EventRow;
import java.time.Duration;
import java.util.Locale;

/// Counts what the packages tell, and passes on what may be worth an alert, what a tail tells, and
/// what is counted over time. Every label comes from a closed list.
final class Metered implements IngressEvents, DeliveryEvents {

  private final Metrics metrics;
  private final Alerts alerts;
  private final TailAdapter tail;
  private final ReceiverMetrics receivers;
  private final SeriesCounts series;

  Metered(
      Metrics metrics,
      Alerts alerts,
      TailAdapter tail,
      ReceiverMetrics receivers,
      SeriesCounts series) {
    this.metrics = metrics;
    this.alerts = alerts;
    this.tail = tail;
    this.receivers = receivers;
    this.series = series;
  }

  @Override
  public void accepted(String source, Topic topic) {
    metrics.count("chasqui_webhooks_accepted", "source", source, "topic", topic.wire());
  }

  @Override
  public void rejected(WorkspaceId workspace, String source, String reason) {
    series.rejected(workspace, source, reason);
    metrics.count("chasqui_webhooks_rejected", "source", source, "reason", reason);
  }

  @Override
  public void duplicate(String source) {
    metrics.count("chasqui_webhooks_duplicate", "source", source);
  }

  @Override
  public void guarded(String source, Guarded why) {
    metrics.count("chasqui_webhooks_guarded", "source", source, "limit", lower(why.name()));
  }

  @Override
  public void unavailable(String source, String reason) {
    metrics.count("chasqui_webhooks_unavailable", "source", source, "reason", lower(reason));
  }

  @Override
  public void handshake(String source, boolean verified) {
    metrics.count(
        "chasqui_handshakes", "source", source, "result", verified ? "verified" : "refused");
  }

  @Override
  public void attempted(EndpointId endpoint, Outcome outcome, Duration took) {
    metrics.time(took, "chasqui_delivery_attempts", "outcome", outcome.wire());
    receivers.attempted(endpoint, outcome, took);
    series.attempted(endpoint, outcome, took);
  }

  @Override
  public void healthChanged(EndpointHealth before, EndpointHealth after) {
    metrics.count("chasqui_endpoint_health_changes", "state", after.state().wire());
    alerts.healthChanged(after);
  }

  @Override
  public void laneChanged(EndpointHealth before, EndpointHealth after) {
    metrics.count("chasqui_endpoint_lane_changes", "lane", after.lane().wire());
  }

  @Override
  public void settled(int count, int lost) {
    metrics.count(count - lost, "chasqui_deliveries_settled");
    metrics.count(lost, "chasqui_delivery_leases_lost");
  }

  @Override
  public void deadLettered(EndpointId endpoint, int count) {
    series.deadLettered(endpoint, count);
  }

  @Override
  public void written(EventId event, EndpointId endpoint, Settlement settlement) {
    alerts.settled(endpoint, settlement);
    tail.written(event, endpoint, settlement);
    series.written(endpoint, settlement);
  }

  /// An event was projected.
  ///
  /// @param isProven whether anything proved who sent it
  void projected(EventRow event, boolean isProven) {
    alerts.projected(event, isProven);
    series.projected(event);
    if (isProven && event.state() == EventRow.State.PROCESSED) {
      receivers.came(event);
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
