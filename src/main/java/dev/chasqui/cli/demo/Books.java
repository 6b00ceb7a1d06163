package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// What the gateway says it has received and delivered, counted from its lists.
///
/// @param topics well-signed events and, under names of their own, what the bridge told, by topic
/// @param forged events with a bad signature
/// @param sightings requests that had been received before
/// @param deliveries by dialect and state, for example `meta delivered`
/// @param retries attempts beyond each delivery's first
record Books(
    Map<String, Integer> topics,
    int forged,
    int sightings,
    Map<String, Integer> deliveries,
    int retries) {

  /// Stands before the topics of what the bridge told: its address is its only credential.
  static final String BRIDGED = "bridged ";

  private static final Set<String> OPEN = Set.of("pending", "leased", "retrying");

  /// Reads everything; a few calls for each 200 rows.
  static Books read(ApiClient admin) throws InterruptedException {
    Map<String, Integer> topics = new TreeMap<>();
    Map<String, Integer> deliveries = new TreeMap<>();
    int[] counts = new int[3];
    each(
        admin,
        "/api/v1/events",
        event -> {
          boolean isBridged = event.path("source").asString().equals("fallback");
          if (isBridged || event.path("signatureValid").asBoolean()) {
            String topic = event.path("topic").asString();
            topics.merge(isBridged ? BRIDGED + topic : topic, 1, Integer::sum);
          } else {
            counts[0]++;
          }
          counts[1] += event.path("sightings").asInt();
        });
    each(
        admin,
        "/api/v1/deliveries",
        delivery -> {
          String state = delivery.path("state").asString();
          deliveries.merge(delivery.path("dialect").asString() + " " + state, 1, Integer::sum);
          counts[2] += Math.max(0, delivery.path("attemptCount").asInt() - 1);
        });
    return new Books(topics, counts[0], counts[1], deliveries, counts[2]);
  }

  /// Whether every delivery has come to an end.
  boolean isClosed() {
    return deliveries.keySet().stream()
        .map(name -> name.substring(name.indexOf(' ') + 1))
        .noneMatch(OPEN::contains);
  }

  /// Deliveries of a dialect in a state.
  int deliveries(String dialect, String state) {
    return deliveries.getOrDefault(dialect + " " + state, 0);
  }

  private static void each(ApiClient admin, String path, Consumer<JsonNode> row)
      throws InterruptedException {
    String cursor = "";
    do {
      JsonNode page = Json.read(admin.get(path + "?limit=200" + cursor));
      page.path("data").forEach(row);
      JsonNode next = page.path("nextCursor");
      cursor =
          next.isString()
              ? "&cursor=" + URLEncoder.encode(next.asString(), StandardCharsets.UTF_8)
              : "";
    } while (!cursor.isEmpty());
  }
}
