package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import dev.chasqui.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/// Looks at what the gateway says of its receivers.
final class ReceiverStates {

  private static final Duration MAX_WAIT = Duration.ofSeconds(30);

  private final ApiClient admin;
  private final Map<String, String> endpoints;

  /// @param endpoints ids by name
  ReceiverStates(ApiClient admin, Map<String, String> endpoints) {
    this.admin = admin;
    this.endpoints = Map.copyOf(endpoints);
  }

  /// `high`, `default` or `low`.
  String lane(Subscriber subscriber) throws InterruptedException {
    return fetch(subscriber).path("lane").asString();
  }

  /// Whether a receiver gets into that lane soon.
  boolean entersLane(Subscriber subscriber, String lane) throws InterruptedException {
    return Polling.await(MAX_WAIT, () -> lane(subscriber).equals(lane));
  }

  /// Whether a receiver gets out of that lane soon.
  boolean leavesLane(Subscriber subscriber, String lane) throws InterruptedException {
    return Polling.await(MAX_WAIT, () -> !lane(subscriber).equals(lane));
  }

  /// Whether a receiver is found healthy soon.
  boolean recovers(Subscriber subscriber) throws InterruptedException {
    return Polling.await(
        MAX_WAIT, () -> fetch(subscriber).path("state").asString().equals("healthy"));
  }

  private JsonNode fetch(Subscriber subscriber) throws InterruptedException {
    return Json.read(admin.get("/api/v1/endpoints/" + id(subscriber)));
  }

  /// The id of a subscriber's endpoint.
  String id(Subscriber subscriber) {
    return Objects.requireNonNull(endpoints.get(subscriber.name()));
  }
}
