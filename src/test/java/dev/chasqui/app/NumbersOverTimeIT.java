package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Numbers over time of a gateway with traffic.
class NumbersOverTimeIT {

  private static final int MESSAGES = 3;
  private static final String NUMBER = "106540352242922";

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void whatWasSentIsToldAndOutlivesARestart(StoreKind kind) throws Exception {
    try (StoreKind.Place store = kind.open(folder);
        Town receiver = new Town();
        Town failing = new Town()) {
      failing.answer(500);
      String told;
      try (Gateway gateway = LocalGateway.start(folder, store.settings());
          Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
        send(caller, gateway, receiver, failing);
        Conditions.until("all is told", () -> isWhole(caller));
        told = all(caller);
      }
      try (Gateway gateway = LocalGateway.start(folder, store.settings());
          Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
        assertThat(all(caller)).isEqualTo(told);
        caller.webhook(Caller.message("wamid.LAST", 10));
        Conditions.until(
            "it goes on",
            () -> sums(caller, "events", "topic", 1).getOrDefault("messages", 0L) == MESSAGES + 1);
      }
    }
  }

  /// Each message goes to one receiver that takes it, to one that fails, and to one for which the
  /// same failure is the end.
  private static void send(Caller caller, Gateway gateway, Town receiver, Town failing)
      throws Exception {
    caller.callback(receiver.url());
    endpoint(caller, "later", failing, "\"schedule\":[\"PT1H\"]");
    endpoint(caller, "never", failing, "\"cancelOn\":[\"500\"]");
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(caller.webhook(Caller.message("wamid.SERIES" + i, 10)).statusCode())
          .isEqualTo(200);
    }
    unsigned(gateway.publicUrl());
    receiver.await("all messages", got -> got.size() == MESSAGES);
  }

  private static void endpoint(Caller caller, String name, Town town, String policy)
      throws IOException, InterruptedException {
    String body =
        "{\"name\":\"%s\",\"dialect\":\"standard\",\"url\":\"%s\",\"allowTwin\":true,\"policy\":{%s}}"
            .formatted(name, town.url(), policy);
    HttpResponse<String> answer = caller.admin("POST", "/api/v1/endpoints", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static void unsigned(String publicUrl) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(publicUrl + "/webhooks/whatsapp"))
              .header("Content-Type", "application/json")
              .header("X-Hub-Signature-256", "sha256=" + "0".repeat(64))
              .POST(HttpRequest.BodyPublishers.ofString("{\"object\":\"of nobody\"}"))
              .build();
      int _ = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  private static boolean isWhole(Caller caller) {
    long messages = MESSAGES;
    return sums(caller, "events", "source", 1).equals(Map.of("whatsapp", messages))
        && sums(caller, "events", "topic", 1).equals(Map.of("messages", messages))
        && sums(caller, "events", "phoneNumberId", 1).equals(Map.of(NUMBER, messages))
        && sums(caller, "rejects", "reason", 1).equals(Map.of("invalid_signature", 1L))
        && sums(caller, "deliveries", "result", 1)
            .equals(Map.of("delivered", messages, "retrying", messages, "cancelled", messages))
        && sums(caller, "latency", "endpointId", 4).values().stream()
            .toList()
            .equals(List.of(messages, messages, messages));
  }

  /// The sum of one value of each series' points, by its label.
  private static Map<String, Long> sums(Caller caller, String name, String by, int value) {
    Map<String, Long> sums = new TreeMap<>();
    for (JsonNode line : series(caller, "name=" + name + "&by=" + by)) {
      long sum = 0;
      for (JsonNode point : line.path("points")) {
        sum += point.path(value).asLong();
      }
      sums.put(line.path("labels").path(by).asString(), sum);
    }
    return sums;
  }

  private static String all(Caller caller) {
    StringBuilder all = new StringBuilder();
    for (String name : new String[] {"events", "rejects", "deliveries", "latency"}) {
      all.append(series(caller, "name=" + name));
    }
    return all.toString();
  }

  private static JsonNode series(Caller caller, String query) {
    try {
      return Json.read(Bytes.utf8(caller.get("/api/v1/series?" + query))).path("series");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
