package dev.chasqui.app;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.Outcome;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.observe.Metrics;
import dev.chasqui.settings.MetricsKeys;
import dev.chasqui.settings.Settings;
import dev.chasqui.store.DeliveryViews;
import dev.chasqui.store.EventRow;
import dev.chasqui.store.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/// Figures of single endpoints and phone numbers, of so many at most. Labels are ids: ours of
/// endpoints, Meta's of phone numbers, and never a phone number, a name or a URL.
final class ReceiverMetrics {

  private static final String ENDPOINT = "endpoint";
  private static final String NUMBER = "phone_number_id";
  private static final double MILLIS = 1_000;

  private final Metrics metrics;
  private final BoundedLabels<EndpointId> endpoints;
  private final BoundedLabels<String> numbers;
  private final Map<String, Double> lastWebhook = new ConcurrentHashMap<>();

  ReceiverMetrics(Metrics metrics, Settings settings) {
    this.metrics = metrics;
    this.endpoints = new BoundedLabels<>(settings.get(MetricsKeys.METRICS_ENDPOINTS));
    this.numbers = new BoundedLabels<>(settings.get(MetricsKeys.METRICS_NUMBERS));
  }

  void attempted(EndpointId endpoint, Outcome outcome, Duration took) {
    String result = outcome == Outcome.DELIVERED ? "delivered" : "failed";
    metrics.timeSum(
        took, "chasqui_endpoint_attempts", ENDPOINT, endpoints.of(endpoint), "result", result);
  }

  /// An event was processed whose sender is proven.
  void came(EventRow event) {
    for (String id : event.scope().phoneNumberIds()) {
      String label = numbers.of(id);
      metrics.count("chasqui_number_webhooks", NUMBER, label);
      lastWebhook.put(label, event.id().ulid().time().toEpochMilli() / MILLIS);
    }
  }

  /// Adds what is looked up when somebody reads the metrics.
  void addTables(
      Supplier<List<Endpoint>> all,
      Function<EndpointId, EndpointHealth> health,
      DeliveryViews deliveries) {
    metrics.table(
        "chasqui_number_last_webhook_timestamp_seconds",
        "When the last processed webhook of a phone number came.",
        NUMBER,
        () -> lastWebhook);
    metrics.table(
        "chasqui_endpoint_backlog",
        "Deliveries that wait for an endpoint.",
        ENDPOINT,
        () -> backlogs(own(all.get()), deliveries));
    metrics.table(
        "chasqui_endpoint_dead_letters",
        "Dead letters of an endpoint.",
        ENDPOINT,
        () -> deaths(own(all.get()), deliveries));
    metrics.table(
        "chasqui_endpoint_failing",
        "1 if an endpoint is failing: its backlog is kept and it is probed.",
        ENDPOINT,
        () -> failing(own(all.get()), health));
  }

  private List<EndpointId> own(List<Endpoint> all) {
    return all.stream()
        .filter(it -> it.identity().switched() != Endpoint.Switch.REMOVED)
        .map(Endpoint::id)
        .sorted()
        .filter(endpoints::isOwn)
        .toList();
  }

  /// While the store does not answer there are no such series.
  private static Map<String, Long> backlogs(List<EndpointId> ids, DeliveryViews deliveries) {
    Map<String, Long> rows = new LinkedHashMap<>();
    try {
      Map<EndpointId, DeliveryViews.Backlog> found = deliveries.backlogs(ids);
      ids.forEach(
          id ->
              rows.put(id.toString(), found.getOrDefault(id, DeliveryViews.Backlog.NONE).count()));
    } catch (StoreException _) {
      rows.clear();
    }
    return rows;
  }

  private static Map<String, Long> deaths(List<EndpointId> ids, DeliveryViews deliveries) {
    Map<String, Long> rows = new HashMap<>();
    try {
      Map<EndpointId, DeliveryViews.Deaths> found = deliveries.deaths();
      DeliveryViews.Deaths none = new DeliveryViews.Deaths(0, 0);
      ids.forEach(id -> rows.put(id.toString(), found.getOrDefault(id, none).now()));
    } catch (StoreException _) {
      rows.clear();
    }
    return rows;
  }

  private static Map<String, Integer> failing(
      List<EndpointId> ids, Function<EndpointId, EndpointHealth> health) {
    Map<String, Integer> rows = new HashMap<>();
    for (EndpointId id : ids) {
      boolean isFailing = health.apply(id).state() == EndpointHealth.State.FAILING;
      rows.put(id.toString(), isFailing ? 1 : 0);
    }
    return rows;
  }
}
