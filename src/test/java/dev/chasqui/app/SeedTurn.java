package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.turn.TurnDialect;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.graph.GraphReport;
import dev.chasqui.sim.graph.Reaction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seed 002, statement by statement. Times of retries and lanes are those of the policy here; the
/// engine's tests let the clock run.
abstract class SeedTurn {

  private static final String USER = "16315551003";

  @TempDir private Path folder;
  private SeedTown town;
  private Exchange client;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
    town.knowNumber();
    client = town.client("api").with("Accept", "application/vnd.v1+json");
  }

  @AfterEach
  void close() {
    town.close();
  }

  private JsonNode receiver(String path, String more) {
    return town.endpoint(path, "\"dialect\":\"turn\"" + more);
  }

  private Answered send(Exchange sender, String words) {
    return SeedTown.must(
        200,
        sender.post(
            "/v1/messages",
            "{\"to\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}".formatted(USER, words)));
  }

  @Test
  void s2Statements1To5SubscriptionsAndTheirHeader() throws Exception {
    Answered none =
        town.admin.post(
            "/api/v1/endpoints",
            "{\"name\":\"n\",\"dialect\":\"turn\",\"url\":\"%s\",\"subscriptions\":[]}"
                .formatted(town.url("/none")));
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.text()).contains("whatsapp", "turn", "journey_outbound");
    receiver("/default", "");
    receiver("/turn", ",\"subscriptions\":[\"turn\"]");
    receiver("/journey", ",\"subscriptions\":[\"journey_outbound\"]");
    town.webhook(SeedTown.message("wamid.IN", "inbound"));
    send(client, "by the api");
    send(town.client("journey"), "by a journey");
    assertThat(
            town.await("/default", it -> it.text().contains("inbound"))
                .header("X-Turn-Hook-Subscription"))
        .isEqualTo("whatsapp");
    assertThat(
            town.await("/turn", it -> it.text().contains("by the api"))
                .header("X-Turn-Hook-Subscription"))
        .isEqualTo("turn");
    assertThat(
            town.await("/journey", it -> it.text().contains("by a journey"))
                .header("X-Turn-Hook-Subscription"))
        .isEqualTo("journey_outbound");
  }

  @Test
  void s2Statements7To9WhatWasSubmittedWithItsIdAfterItWasAccepted() throws Exception {
    receiver("/turn", ",\"subscriptions\":[\"turn\"]");
    receiver("/exact", ",\"subscriptions\":[\"turn\"],\"exactPayload\":true");
    town.graph.conduct().always("16315550000", Reaction.refuse(131047));
    String payload =
        "{ \"to\": \"%s\",\"type\":\"text\",\"text\":{\"body\":\"exactly\"}}".formatted(USER);
    client.post("/v1/messages", payload.replace(USER, "16315550000"));
    String id =
        SeedTown.must(200, client.post("/v1/messages", payload))
            .json()
            .path("messages")
            .path(0)
            .path("id")
            .asString();
    SeedTown.Got turn = town.await("/turn", it -> it.text().contains("exactly"));
    SeedTown.Got exact = town.await("/exact", it -> it.text().contains("exactly"));
    assertThat(List.of(turn.header("X-WhatsApp-Id"), exact.header("X-WhatsApp-Id")))
        .containsExactly(id, id);
    assertThat(turn.json().path("to").asString()).isEqualTo(USER);
    assertThat(turn.json().path("text")).isEqualTo(Json.read(Bytes.utf8(payload)).path("text"));
    assertThat(exact.text()).isEqualTo(payload);
    assertThat(town.at("/turn")).hasSize(1);
  }

  @Test
  void s2Statements10To12InboundMessages() throws Exception {
    receiver("/turn", "");
    String card =
        """
        {"addresses":[{"city":"Menlo Park","country":"United States","country_code":"us","state":"CA",\
        "street":"1 Hacker Way","type":"WORK","zip":"94025"}],"birthday":"2012-08-18","emails":[{"email":\
        "k@example.com","type":"WORK"}],"ims":[{"service":"AIM","user_id":"k"}],"name":{"first_name":"Kerry",\
        "formatted_name":"Kerry Fisher","last_name":"Fisher"},"org":{"company":"Chasqui"},"phones":[{"phone":\
        "+1 (940) 555-1234","type":"CELL"}],"urls":[{"url":"https://example.com","type":"WORK"}]}\
        """;
    town.webhook(
        SeedTown.envelope(
            """
            "contacts":[{"profile":{"name":"Kerry Fisher"},"wa_id":"16315551234"}],"messages":[{"context":\
            {"from":"15550001111","id":"wamid.BEFORE"},"from":"16315551234","id":"wamid.CARD","timestamp":\
            "1717000000","type":"contacts","contacts":[%s]},{"from":"16315551234","id":"wamid.IMAGE",\
            "timestamp":"1717000001","type":"image","image":{"id":"77","mime_type":"image/png","sha256":"aa",\
            "caption":"a picture","url":"https://example.com/77"}}]\
            """
                .formatted(card)));
    JsonNode one = town.await("/turn", it -> it.text().contains("wamid.CARD")).json();
    assertThat(one.path("contacts").path(0).path("profile").path("name").asString())
        .isEqualTo("Kerry Fisher");
    assertThat(one.path("contacts").path(0).path("wa_id").asString()).isEqualTo("16315551234");
    JsonNode message = one.path("messages").path(0);
    assertThat(message.path("context").path("id").asString()).isEqualTo("wamid.BEFORE");
    assertThat(message.path("contacts").path(0)).isEqualTo(Json.read(Bytes.utf8(card)));
    JsonNode image =
        town.await("/turn", it -> it.text().contains("wamid.IMAGE"))
            .json()
            .path("messages")
            .path(0)
            .path("image");
    for (String member : List.of("id", "link", "mime_type", "sha256", "caption")) {
      assertThat(image.path(member).asString("")).as(member).isNotEmpty();
    }
  }

  @Test
  void s2Statement13MarkingAsRead() {
    Answered read =
        client.put("/v1/messages/wamid.HBgLMTYzMTU1NTEwMDM", "{\n\"status\": \"read\"\n}");
    assertThat(read.status()).as(read.text()).isEqualTo(200);
    assertThat(read.text()).isEqualTo("{}");
  }

  @Test
  void s2Statements14To17Statuses() throws Exception {
    receiver("/turn", "");
    for (String status : List.of("sent", "delivered", "read")) {
      town.webhook(
          SeedTown.envelope(
              "\"statuses\":[{\"id\":\"wamid.S\",\"status\":\"%s\",\"timestamp\":\"1518694700\",\"recipient_id\":\"16315555555\"}]"
                  .formatted(status)));
      SeedTown.Got got = town.await("/turn", it -> it.text().contains("\"" + status + "\""));
      JsonNode told = got.json().path("statuses").path(0);
      assertThat(told.path("message").path("recipient_id").asString()).isEqualTo("16315555555");
      assertThat(told.path("timestamp").asString()).isEqualTo("1518694700");
    }
    town.graph.conduct().always(USER, Reaction.take(GraphReport.failed(131026)));
    send(client, "will fail");
    JsonNode failed =
        town.await("/turn", it -> it.text().contains("\"failed\"")).json().path("statuses").path(0);
    JsonNode error = failed.path("errors").path(0);
    assertThat(error.path("code").asInt()).isEqualTo(131026);
    assertThat(error.path("title").asString("")).isNotEmpty();
  }

  @Test
  void s2Statement16DeliveredIsDiscardedWhereReadImpliesIt() throws Exception {
    receiver("/turn", "");
    String status =
        "{\"id\":\"wamid.R\",\"status\":\"%s\",\"timestamp\":\"1518694700\",\"recipient_id\":\"1631555\"}";
    town.webhook(
        SeedTown.envelope(
            "\"statuses\":["
                + status.formatted("delivered")
                + ","
                + status.formatted("read")
                + "]"));
    town.await("/turn", it -> it.text().contains("\"read\""));
    assertThat(town.admin.get("/api/v1/deliveries?state=filtered").text())
        .containsOnlyOnce("\"filteredBy\":\"delivered_after_read\"");
    assertThat(town.at("/turn")).noneMatch(it -> it.text().contains("\"delivered\""));
  }

  @Test
  void s2Statements18And19Signatures() throws Exception {
    String secret = receiver("/turn", "").path("secret").stringValue();
    town.webhook(SeedTown.message("wamid.SIGNED", "signed"));
    SeedTown.Got got = town.await("/turn", it -> it.text().contains("signed"));
    assertThat(got.header("X-Turn-Hook-Signature"))
        .isEqualTo(TurnDialect.signature(secret, got.body()));
  }

  @Test
  void s2Statements20To27TheScheduleAndTheLanes() {
    JsonNode made = receiver("/turn", "");
    JsonNode endpoint = town.admin.get("/api/v1/endpoints/" + made.path("id").asString()).json();
    JsonNode policy = endpoint.path("policy");
    assertThat(policy.path("deadline").asString()).isEqualTo("PT5S");
    assertThat(Json.text(policy.path("schedule")))
        .isEqualTo("[\"PT17S\",\"PT19S\",\"PT24S\",\"PT31S\",\"PT47S\"]");
    assertThat(Json.text(policy.path("cancelOn"))).contains("4xx");
    assertThat(policy.path("cancelOnUnresolvable").asBoolean()).isTrue();
    assertThat(policy.path("jitter").asDouble()).isPositive();
    assertThat(endpoint.path("lane").asString()).isEqualTo("default");
  }

  @Test
  void s2Statement3EngageIsTakenWhileTurnTakesIt() {
    Answered made =
        town.admin.post(
            "/api/v1/endpoints",
            "{\"name\":\"old\",\"dialect\":\"turn\",\"url\":\"%s\",\"subscriptions\":[\"engage\"]}"
                .formatted(town.url("/old")));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.header("Deprecation")).isNotEmpty();
  }
}
