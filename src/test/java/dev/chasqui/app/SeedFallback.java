package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import dev.chasqui.testkit.Conditions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seed 000, statement by statement.
abstract class SeedFallback {

  private static final String USER = "16315551003";

  @TempDir private Path folder;
  private SeedTown town;
  private Exchange client;
  private String channel;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
    town.knowNumber();
    Answered set =
        SeedTown.must(
            200,
            town.admin.put(
                "/api/v1/phone-numbers/" + SeedTown.SHOP.phoneNumberId() + "/fallback",
                "{\"url\":\"%s\",\"secret\":\"%s\",\"errorThreshold\":3}"
                    .formatted(town.bridge.url(), SeedTown.BRIDGE_SECRET)));
    channel = "/api/whatsapp/" + set.json().path("channelUuid").stringValue();
    town.bridge.connect(URI.create(town.gateway.publicUrl() + channel));
    client = town.client("api").with("Accept", "application/vnd.v1+json");
  }

  @AfterEach
  void close() {
    town.close();
  }

  private Answered send(Exchange sender, String words) {
    return SeedTown.must(
        200,
        sender.post(
            "/v1/messages",
            """
            {"preview_url":false,"recipient_type":"individual","to":"%s","type":"text","text":{"body":"%s"}}\
            """
                .formatted(USER, words)));
  }

  private JsonNode contact() {
    return town.admin.get("/api/v1/contacts/" + USER).json();
  }

  @Test
  void s0Statements2To4OverAtTheThresholdAndBackWithAMessage() throws Exception {
    town.graph.conduct().always(USER, Reaction.take(GraphReport.failed(131026)));
    for (int i = 1; i <= 3; i++) {
      send(client, "failing " + i);
      int expected = i;
      Conditions.until(
          "failure " + i,
          () ->
              contact().path("whatsappFailures").asInt(0) == expected
                  || contact().path("isFallbackChannelActive").asBoolean(false));
    }
    assertThat(contact().path("isFallbackChannelActive").asBoolean()).isTrue();
    send(client, "by another way");
    assertThat(town.bridge.taken()).hasSize(1);
    assertThat(town.bridge.taken().getFirst().body().toUtf8()).contains("by another way");
    town.webhook(
        SeedTown.envelope(
            """
            "contacts":[{"profile":{"name":"Kerry"},"wa_id":"%1$s"}],"messages":[{"from":"%1$s","id":\
            "wamid.BACK","timestamp":"%2$d","type":"text","text":{"body":"here"}}]\
            """
                .formatted(USER, Clock.systemUTC().instant().getEpochSecond())));
    Conditions.until(
        "back on WhatsApp", () -> !contact().path("isFallbackChannelActive").asBoolean(true));
    assertThat(contact().path("whatsappFailures").asInt(-1)).isZero();
  }

  @Test
  void s0Statement5TheBridgeIsPostedTheSubmittedPayload() {
    send(client.with("x-turn-fallback-channel", "1"), "text message content");
    JsonNode posted = Json.read(town.bridge.taken().getFirst().body());
    assertThat(posted.path("preview_url").asBoolean(true)).isFalse();
    assertThat(posted.path("recipient_type").asString()).isEqualTo("individual");
    assertThat(posted.path("to").asString()).isEqualTo(USER);
    assertThat(posted.path("type").asString()).isEqualTo("text");
    assertThat(posted.path("text").path("body").asString()).isEqualTo("text message content");
  }

  @Test
  void s0Statement6TheHeaderForcesTheChannelWhateverTheDefault() {
    Answered answered = send(client.with("x-turn-fallback-channel", "1"), "forced");
    assertThat(answered.json().path("messages").path(0).path("id").asString())
        .isEqualTo(town.bridge.taken().getFirst().id());
    assertThat(town.graph.messagesTo(USER)).isEmpty();
  }

  @Test
  void s0Statements8And9EventsOfTheChannelCarryTheHeaderToTheWebhooks() throws Exception {
    town.endpoint("/turn", "\"dialect\":\"turn\"");
    String event =
        """
        {"contacts":[{"profile":{"name":"Kerry"},"wa_id":"%1$s"}],"messages":[{"from":"%1$s","id":"%2$s",\
        "timestamp":"1717000000","type":"text","text":{"body":"%2$s"}}]}\
        """;
    SeedTown.must(200, client.post(channel, event.formatted(USER, "plain")));
    SeedTown.must(
        200,
        client.with("x-turn-fallback-channel", "1").post(channel, event.formatted(USER, "marked")));
    SeedTown.Got plain = town.await("/turn", it -> it.text().contains("\"plain\""));
    SeedTown.Got marked = town.await("/turn", it -> it.text().contains("\"marked\""));
    assertThat(plain.header("X-Turn-Fallback-Channel")).isEmpty();
    assertThat(marked.header("X-Turn-Fallback-Channel")).isEqualTo("1");
  }

  @Test
  void s0Statement10TheContactApiSetsTheFlag() {
    for (boolean flag : new boolean[] {true, false}) {
      Answered set =
          client.send(
              "PATCH", "/v1/contacts/" + USER, "{\"is_fallback_channel_active\":" + flag + "}");
      assertThat(set.status()).as(set.text()).isBetween(200, 201);
      assertThat(client.get("/v1/contacts/" + USER).text())
          .contains("\"is_fallback_channel_active\":" + flag);
    }
  }

  @Test
  void s0Statements11To13TheSignature() {
    assertThat(TurnDialect.signature("secret", Bytes.utf8("{\"foo\":\"bar\"}")))
        .isEqualTo("PzqzmGtlarsXrz6xRD7WwI74//n+qDkVkJ0bQhrsib4=");
    send(client.with("x-turn-fallback-channel", "1"), "signed");
    assertThat(town.bridge.taken()).hasSize(1);
    assertThat(town.bridge.badlySigned()).isZero();
  }
}
