package dev.chasqui.observe;

import java.util.Map;

/// The help texts of counters and timers. A test fails for one that is not here.
final class Families {

  private static final Map<String, String> HELP =
      Map.ofEntries(
          Map.entry("chasqui_webhooks_accepted", "Webhooks that are durable and are processed."),
          Map.entry("chasqui_webhooks_rejected", "Webhooks that are kept and not processed."),
          Map.entry("chasqui_webhooks_duplicate", "Webhooks that repeat an earlier one."),
          Map.entry("chasqui_webhooks_guarded", "Unverified requests that were answered 429."),
          Map.entry("chasqui_webhooks_unavailable", "Webhooks that were answered 503."),
          Map.entry("chasqui_handshakes", "Handshakes of Meta that were answered."),
          Map.entry("chasqui_http_requests", "Requests by route and class of status."),
          Map.entry("chasqui_http_refused", "Requests that were refused before any handler."),
          Map.entry("chasqui_delivery_attempts", "Attempts to deliver, by what they came to."),
          Map.entry("chasqui_endpoint_attempts", "Attempts to deliver to one endpoint."),
          Map.entry("chasqui_endpoint_health_changes", "Changes of an endpoint's health."),
          Map.entry("chasqui_endpoint_lane_changes", "Changes of an endpoint's lane."),
          Map.entry("chasqui_deliveries_settled", "Outcomes of deliveries that were written."),
          Map.entry("chasqui_delivery_leases_lost", "Outcomes that came after their lease."),
          Map.entry("chasqui_number_webhooks", "Processed webhooks that name a phone number."),
          Map.entry("chasqui_series_lost", "Counts over time that found no room in memory."),
          Map.entry("chasqui_messages_sent", "Messages out, by way and outcome."),
          Map.entry("chasqui_message_send", "How long clients waited for messages out."),
          Map.entry("chasqui_upstream_calls", "Calls of the Graph API for messages."),
          Map.entry("chasqui_graph_passed", "Other Graph calls that were passed on."),
          Map.entry("chasqui_access_token_refused", "Messages refused for their access token."),
          Map.entry("chasqui_contacts_switched", "Contacts that went to the fallback channel."));

  private Families() {}

  static String help(String name) {
    return HELP.getOrDefault(name, "Told in docs/operate.md.");
  }
}
