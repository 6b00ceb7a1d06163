package dev.chasqui.app;

import dev.chasqui.delivery.EndpointHealth;
import dev.chasqui.delivery.Outcome;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.ingress.IngressEvents;
import dev.chasqui.journal.Journal;
import dev.chasqui.model.Lane;
import dev.chasqui.model.Topic;
import dev.chasqui.model.Via;
import dev.chasqui.observe.Metrics;
import java.util.List;
import java.util.Locale;

/// Counters that are there from the start, at 0: a rule that looks for growth sees the first one
/// too, and a rule with a misspelt name finds nothing at once. Those whose labels depend on routes,
/// endpoints and numbers come with the first of each.
record FirstSeries(Metrics metrics) {

  private static final List<String> SOURCES =
      List.of("whatsapp", "meta", "turn", "exotel", "fallback");
  private static final String SOURCE = "source";
  private static final String REASON = "reason";

  void begin() {
    SOURCES.forEach(this::beginSource);
    for (ServerEvents.Refusal why : ServerEvents.Refusal.values()) {
      metrics.begin("chasqui_http_refused", REASON, lower(why));
    }
    for (Outcome outcome : Outcome.values()) {
      metrics.beginTimer("chasqui_delivery_attempts", "outcome", outcome.wire());
    }
    for (EndpointHealth.State state : EndpointHealth.State.values()) {
      metrics.begin("chasqui_endpoint_health_changes", "state", state.wire());
    }
    for (Lane lane : Lane.values()) {
      metrics.begin("chasqui_endpoint_lane_changes", "lane", lane.wire());
    }
    for (Via via : Via.values()) {
      metrics.beginTimer("chasqui_message_send", "via", via.wire());
      for (String outcome : List.of("accepted", "refused", "unknown", "failed")) {
        metrics.begin("chasqui_messages_sent", "via", via.wire(), "outcome", outcome);
      }
    }
    metrics.beginTimer("chasqui_upstream_calls");
    metrics.begin("chasqui_access_token_refused");
    metrics.begin("chasqui_contacts_switched");
    metrics.begin("chasqui_deliveries_settled");
    metrics.begin("chasqui_delivery_leases_lost");
    metrics.begin("chasqui_series_lost");
  }

  private void beginSource(String source) {
    for (Topic topic : Topic.values()) {
      if (topic.isEnvelope()) {
        metrics.begin("chasqui_webhooks_accepted", SOURCE, source, "topic", topic.wire());
      } else {
        metrics.begin("chasqui_webhooks_rejected", SOURCE, source, REASON, topic.wire());
      }
    }
    metrics.begin("chasqui_webhooks_rejected", SOURCE, source, REASON, "invalid_signature");
    metrics.begin("chasqui_webhooks_duplicate", SOURCE, source);
    for (IngressEvents.Guarded why : IngressEvents.Guarded.values()) {
      metrics.begin("chasqui_webhooks_guarded", SOURCE, source, "limit", lower(why));
    }
    for (Journal.Reason reason : Journal.Reason.values()) {
      metrics.begin("chasqui_webhooks_unavailable", SOURCE, source, REASON, lower(reason));
    }
    for (String result : List.of("verified", "refused")) {
      metrics.begin("chasqui_handshakes", SOURCE, source, "result", result);
    }
  }

  private static String lower(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
