package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.dialect.exotel.ExotelCallbacks;
import dev.chasqui.dialect.turn.TurnWebhooks;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What comes in from Turn and Exotel goes out in every dialect, and is told to the operator.
class SourcesIT {

  @TempDir private Path folder;

  @Test
  void everyTypeOfTurnsArrivesInEveryDialect() throws Exception {
    try (Towns towns = new Towns();
        Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      towns.receive(sources);
      Map<String, String> events = new LinkedHashMap<>();
      TurnWebhooks.messages()
          .forEach(
              (type, body) ->
                  events.put("in." + type, sources.turn(TurnWebhooks.message(type, body))));
      for (String status : List.of("sent", "delivered", "read")) {
        events.put("out." + status, sources.turn(TurnWebhooks.status(status)));
      }
      towns.await(events.size());
      towns.metaGotTheEnvelopes(sources, events);
      towns.everyItemIsIn(events);
      // What Turn said of its own message is said once, and to Turn's receivers as well.
      Bytes text = towns.of(towns.turn, events.get("in.text"));
      assertThat(text.toUtf8()).containsOnlyOnce("\"_vnd\"").contains("\"direction\":\"inbound\"");
      assertThat(towns.of(towns.turn, events.get("in.voice")).toUtf8())
          .contains("\"type\":\"voice\"");
    }
  }

  @Test
  void everyShapeOfExotelsArrivesInEveryDialect() throws Exception {
    try (Towns towns = new Towns();
        Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      towns.receive(sources);
      Map<String, String> events = new LinkedHashMap<>();
      ExotelCallbacks.messages()
          .forEach(
              (type, body) ->
                  events.put("in." + type, sources.exotel(ExotelCallbacks.shapeA(type, body))));
      events.put("out.sent", sources.exotel(ExotelCallbacks.statusA("sent")));
      events.put("out.f", sources.exotel(ExotelCallbacks.failedA()));
      events.put("SMb", sources.exotel(ExotelCallbacks.messageB()));
      events.put("SMo", sources.exotel(ExotelCallbacks.statusB()));
      events.put("SMc", sources.exotel(ExotelCallbacks.statusC()));
      events.put("SMf", sources.exotel(ExotelCallbacks.flow()));
      towns.await(events.size());
      towns.metaGotTheEnvelopes(sources, events);
      towns.everyItemIsIn(events);
      JsonNode failed = Json.read(towns.of(towns.exotel, events.get("out.f")));
      assertThat(failed.path("message").path("errors").path(0).path("code").intValue())
          .isEqualTo(131026);
    }
  }

  @Test
  void aMixedListIsTakenApart() throws Exception {
    try (Towns towns = new Towns();
        Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      towns.receive(sources);
      String event = sources.exotel(ExotelCallbacks.mixedD());
      towns.standard.await("three items", got -> got.size() == 3);
      towns.exotel.await("three items", got -> got.size() == 3);
      assertThat(sources.event(event).path("notifications").size()).isEqualTo(3);
      assertThat(sources.admin().get("/api/v1/routes/explain?eventId=" + event).text())
          .contains("\"matched\":[{");
    }
  }

  @Test
  void whatIsTranslatedIsInTheBytesThatMetaWrites() throws Exception {
    try (Towns towns = new Towns();
        Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      towns.receive(sources);
      sources.turn(
          """
          {"messages":[{"from":"51900000001","id":"in.1","timestamp":"1796000000","type":"text",\
          "text":{"body":"¿mañana? https://a.example/ñ"}}]}\
          """);
      towns.meta.await("the message", got -> !got.isEmpty());
      assertThat(towns.meta.got().getFirst().body().toUtf8())
          .contains("\\u00bfma\\u00f1ana? https:\\/\\/a.example\\/\\u00f1")
          .matches("\\p{ASCII}*");
    }
  }

  @Test
  void theOperatorSeesWhatCameAndWhatWasMadeOfIt() throws Exception {
    String body = ExotelCallbacks.statusC();
    try (Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      String id = sources.exotel(body);
      JsonNode event = sources.event(id);
      assertThat(event.path("source").stringValue()).isEqualTo("exotel");
      assertThat(event.path("authentication").stringValue()).isEqualTo("signature");
      assertThat(event.path("topic").stringValue()).isEqualTo("message_status");
      assertThat(event.path("phoneNumberIds").path(0).stringValue()).isEqualTo(Sources.NUMBER);
      assertThat(sources.admin().get("/api/v1/events/" + id + "/raw").text()).isEqualTo(body);
      assertThat(sources.envelope(id).toUtf8())
          .startsWith("{\"object\":\"whatsapp_business_account\"");
      assertThat(sources.admin().get("/api/v1/events?source=exotel").text()).contains(id);
      assertThat(sources.admin().get("/metrics").text())
          .contains("chasqui_webhooks_accepted_total{source=\"exotel\"");
    }
  }

  @Test
  void whatWasRejectedIsAcceptedOnceTheSecretIsRight() throws Exception {
    String body = ExotelCallbacks.statusC();
    try (Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl())) {
      sources.put("/api/v1/exotel-accounts/acme1", "{\"apiKey\":\"k\",\"apiToken\":\"t\"}");
      String answer =
          sources
              .webhooks()
              .with("X-Exotel-Signature", Sources.exotelSignature(body))
              .post("/webhooks/exotel/acme1", body)
              .text();
      assertThat(answer).contains("\"reason\":\"invalid_signature\"");
      String id = Caller.eventId(answer);
      assertThat(sources.event(id).path("state").stringValue()).isEqualTo("rejected");
      sources.known();
      assertThat(sources.admin().post("/api/v1/secrets/webhook-signing-secret/reverify", "").text())
          .isEqualTo("{\"checked\":1,\"accepted\":1}");
      assertThat(sources.event(id).path("state").stringValue()).isEqualTo("processed");
    }
  }

  @Test
  void aLaterChangeOfTheAccountDoesNotTouchWhatCameBefore() throws Exception {
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Sources sources = new Sources(gateway.publicUrl(), gateway.adminUrl()).known()) {
      sources.receiver("meta", town.url(), "");
      String id = sources.exotel(ExotelCallbacks.shortA());
      town.await("the first delivery", got -> got.size() == 1);
      sources.put("/api/v1/exotel-accounts/acme1", "{\"phoneNumberId\":\"7\",\"wabaId\":\"8\"}");
      sources.admin().post("/api/v1/replays", "{\"eventIds\":[\"%s\"]}".formatted(id));
      town.await("the replay", got -> got.size() == 2);
      assertThat(town.got()).extracting(Town.Got::body).containsOnly(sources.envelope(id));
      assertThat(town.got().getFirst().body().toUtf8()).contains(Sources.NUMBER);
      assertThat(town.got().stream().map(Town.Got::deliveryId).distinct()).hasSize(1);
    }
  }

  /// A receiver of each dialect.
  private static final class Towns implements AutoCloseable {

    private final Town meta = new Town();
    private final Town standard = new Town();
    private final Town turn = new Town();
    private final Town exotel = new Town();

    void receive(Sources sources) {
      sources.receiver("meta", meta.url(), "");
      sources.receiver("standard", standard.url(), "");
      sources.receiver("turn", turn.url(), ",\"subscriptions\":[\"whatsapp\"]");
      sources.receiver("exotel", exotel.url(), "");
    }

    void await(int count) throws InterruptedException {
      for (Town town : List.of(meta, standard, turn, exotel)) {
        town.await(count + " deliveries", got -> got.size() == count);
      }
    }

    void metaGotTheEnvelopes(Sources sources, Map<String, String> events) {
      for (String event : events.values()) {
        assertThat(of(meta, event)).isEqualTo(sources.envelope(event));
      }
      String app = Caller.SECRET;
      assertThat(meta.got())
          .allMatch(it -> !it.signature().equals(Signatures.sign(SigningKey.of(app), it.body())))
          .allMatch(it -> it.signature().startsWith("sha256="));
    }

    /// Each receiver got each item once, under the id that its sender gave it.
    void everyItemIsIn(Map<String, String> events) {
      for (Town town : List.of(standard, turn, exotel)) {
        Map<String, String> bodies =
            town.got().stream()
                .collect(Collectors.toMap(Town.Got::eventId, it -> it.body().toUtf8()));
        events.forEach(
            (itemId, event) -> assertThat(bodies.get(event)).contains("\"id\":\"" + itemId + "\""));
      }
    }

    Bytes of(Town town, @Nullable String event) {
      return town.got().stream()
          .filter(it -> it.eventId().equals(event))
          .map(Town.Got::body)
          .findFirst()
          .orElseThrow();
    }

    @Override
    public void close() {
      List.of(meta, standard, turn, exotel).forEach(Town::close);
    }
  }
}
