package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.model.Bytes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seed 003, statement by statement.
abstract class SeedIngress {

  @TempDir private Path folder;
  private SeedTown town;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private Answered handshake(String query) {
    return town.open.get("/webhooks/whatsapp" + query);
  }

  private String event(Answered answered) {
    return answered.json().path("webhookEventId").asString();
  }

  private JsonNode stored(Answered answered) {
    return town.admin.get("/api/v1/events/" + event(answered)).json();
  }

  @Test
  void s3Statement1BothPathsDifferInTheLabelAlone() {
    String one = SeedTown.message("wamid.ONE", "one");
    String two = SeedTown.message("wamid.TWO", "two");
    Answered whatsapp = town.webhook(one);
    Answered meta =
        town.open.with("X-Hub-Signature-256", SeedTown.signature(two)).post("/webhooks/meta", two);
    assertThat(stored(whatsapp).path("source").asString()).isEqualTo("whatsapp");
    assertThat(stored(meta).path("source").asString()).isEqualTo("meta");
    assertThat(meta.json().path("accepted").asBoolean()).isTrue();
  }

  @Test
  void s3Statements2And3TheHandshake() {
    Answered good =
        handshake(
            "?hub.mode=subscribe&hub.verify_token=your-verify-token&hub.challenge=challenge_string_from_meta");
    assertThat(good.status()).isEqualTo(200);
    assertThat(good.text()).isEqualTo("challenge_string_from_meta");
    assertThat(good.header("Content-Type")).startsWith("text/plain");
    for (String query :
        List.of(
            "?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=c",
            "?hub.mode=subscribe&hub.challenge=c",
            "?hub.mode=subscribe&hub.verify_token=your-verify-token",
            "?hub.verify_token=your-verify-token&hub.challenge=c",
            "")) {
      Answered bad = handshake(query);
      assertThat(bad.status()).as(query).isEqualTo(400);
      assertThat(bad.json().path("ok").asBoolean(true)).isFalse();
      assertThat(bad.json().path("error").asString()).isEqualTo("verification_failed");
    }
  }

  @Test
  void s3Statement4TheAnswerToAValidSignature() {
    Answered answered = town.webhook(SeedTown.message("wamid.ABC123", "Hello"));
    JsonNode json = answered.json();
    assertThat(answered.status()).isEqualTo(200);
    assertThat(json.propertyNames())
        .containsExactly(
            "accepted", "requestId", "signatureValid", "webhookEventId", "outboxJobId", "summary");
    assertThat(json.path("webhookEventId").asString()).startsWith("evt_");
    assertThat(json.path("outboxJobId").asString()).startsWith("job_");
    JsonNode summary = json.path("summary");
    assertThat(summary.propertyNames())
        .containsExactly(
            "object", "entries", "changeCount", "topic", "messageCount", "statusCount");
    assertThat(summary.path("object").asString()).isEqualTo("whatsapp_business_account");
    assertThat(summary.path("topic").asString()).isEqualTo("messages");
    assertThat(summary.path("messageCount").asInt()).isEqualTo(1);
    assertThat(summary.path("statusCount").asInt(-1)).isZero();
  }

  @Test
  void s3Statements5And8ABadSignatureIs200AndRecorded() {
    String body = SeedTown.message("wamid.BAD", "bad");
    Answered answered =
        town.open
            .with("X-Hub-Signature-256", Signatures.sign(SigningKey.of("other"), Bytes.utf8(body)))
            .with("X-Meta-Delivery-Id", "delivery-7")
            .post("/webhooks/whatsapp", body);
    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.json().propertyNames())
        .containsExactly(
            "accepted", "reason", "requestId", "webhookEventId", "signatureValid", "summary");
    assertThat(answered.json().path("accepted").asBoolean(true)).isFalse();
    assertThat(answered.json().path("reason").asString()).isEqualTo("invalid_signature");
    JsonNode event = stored(answered);
    assertThat(event.path("deliveryId").asString()).isEqualTo("delivery-7");
    assertThat(event.path("state").asString()).isEqualTo("rejected");
    assertThat(event.path("bodyHash").asString("")).isNotEmpty();
    assertThat(town.admin.get("/api/v1/events/" + event(answered) + "/raw").text()).isEqualTo(body);
  }

  @Test
  void s3Statement7TheDeliveryIdDeduplicatesWhereTheSettingSaysSo(@TempDir Path other) {
    Exchange delivery = town.open.with("X-Meta-Delivery-Id", "delivery-8");
    String one = SeedTown.message("wamid.D1", "one");
    String two = SeedTown.message("wamid.D2", "two");
    delivery.with("X-Hub-Signature-256", SeedTown.signature(one)).post("/webhooks/whatsapp", one);
    Answered processed =
        delivery
            .with("X-Hub-Signature-256", SeedTown.signature(two))
            .post("/webhooks/whatsapp", two);
    assertThat(processed.json().has("duplicate")).as("other bytes are processed").isFalse();
    Map<String, String> setting = Map.of("ingress.dedupByDeliveryId", "true");
    try (Gateway strict = LocalGateway.start(other, setting);
        Exchange exchange = new Exchange(strict.publicUrl())) {
      Answered first = post(exchange, one);
      Answered again = post(exchange, two);
      assertThat(again.json().path("duplicate").asBoolean(false)).isTrue();
      assertThat(event(again)).isEqualTo(event(first));
    }
  }

  private static Answered post(Exchange exchange, String body) {
    return exchange
        .with("X-Meta-Delivery-Id", "delivery-9")
        .with("X-Hub-Signature-256", SeedTown.signature(body))
        .post("/webhooks/whatsapp", body);
  }

  @Test
  void s3Statement9AJobIsMadeForAValidOne() {
    Answered answered = town.webhook(SeedTown.message("wamid.JOB", "job"));
    String job = answered.json().path("outboxJobId").asString();
    assertThat(town.admin.get("/api/v1/jobs/" + job).status()).isEqualTo(200);
  }

  @Test
  void s3Statements10And13TopicsAreTold() {
    Map<String, String> topics =
        Map.of(
            SeedTown.message("wamid.T", "t"),
            "messages",
            SeedTown.envelope(
                "\"statuses\":[{\"id\":\"wamid.T\",\"status\":\"sent\",\"timestamp\":\"1717000000\",\"recipient_id\":\"1\"}]"),
            "message_status",
            "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":\"quipu\",\"value\":{}}]}]}",
            "unknown",
            "{\"object\":\"whatsapp_busi",
            "invalid_json",
            "{\"object\":\"page\"}",
            "invalid_payload");
    topics.forEach(
        (body, topic) -> {
          Answered answered = town.webhook(body);
          assertThat(answered.status()).isEqualTo(200);
          assertThat(answered.json().path("summary").path("topic").asString()).isEqualTo(topic);
          assertThat(stored(answered).path("topic").asString()).isEqualTo(topic);
          assertThat(town.admin.get("/api/v1/events?topic=" + topic).text())
              .contains(event(answered));
        });
  }

  @Test
  void s3Statement11StrangersAreLimitedAndMetaIsNot(@TempDir Path other) {
    Map<String, String> setting =
        Map.of("ingress.guard.burst", "5", "ingress.guard.perMinute", "1");
    try (Gateway strict = LocalGateway.start(other, setting);
        Exchange exchange = new Exchange(strict.publicUrl())) {
      String body = SeedTown.message("wamid.LIMITED", "limited");
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        statuses.add(exchange.post("/webhooks/whatsapp", body).status());
      }
      assertThat(statuses).startsWith(200).endsWith(429);
      assertThat(post(exchange, body).status()).isEqualTo(200);
    }
  }

  @Test
  void s3Statement12WithoutASecretEventsAreRecordedAndSaySo() {
    String body = SeedTown.message("wamid.UNSET", "unset");
    town.admin.put("/api/v1/wabas/1?workspace=other", "{\"name\":\"other\"}");
    Answered answered = town.open.post("/w/other/webhooks/whatsapp", body);
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    assertThat(answered.json().path("signatureValid").asBoolean(true)).isFalse();
    assertThat(answered.json().path("reason").asString()).isEqualTo("no_secret");
  }

  @Test
  void s3Statements15And16SecretsAndTheSignature() {
    assertThat(town.admin.get("/api/v1/secrets").text())
        .contains("meta-verify-token", "webhook-signing-secret")
        .doesNotContain(Caller.SECRET, "your-verify-token");
    Bytes body = Bytes.utf8("{\"object\":\"whatsapp_business_account\",\"entry\":[...]}");
    assertThat(Signatures.sign(SigningKey.of("your-webhook-signing-secret"), body))
        .isEqualTo("sha256=4502955bfca19ac7b6dc58abd5de88d71a1ae4b8f206f650a9b038ccf0d7f58b");
  }
}
