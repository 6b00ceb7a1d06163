package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.dialect.Signatures;
import dev.chasqui.dialect.SigningKey;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seed 004, statement by statement: what Exotel's page shows is configured, posted to the gateway
/// as Exotel would, and received by a service that was written for Exotel.
abstract class SeedExotel {

  private static final String KEY = "secret-of-exotel";
  private static final String PATH = "/v2/accounts/acme1/whatsapp/webhook";

  @TempDir private Path folder;
  private SeedTown town;
  private Exchange service;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
    town.knowNumber();
    SeedTown.must(
        200,
        town.admin.put(
            "/api/v1/exotel-accounts/acme1",
            "{\"apiKey\":\"the-key\",\"apiToken\":\"the-token\",\"phoneNumberId\":\"%s\",\"displayPhoneNumber\":\"919876500000\",\"signingSecret\":\"%s\"}"
                .formatted(SeedTown.SHOP.phoneNumberId(), KEY)));
    String login =
        Base64.getEncoder().encodeToString("the-key:the-token".getBytes(StandardCharsets.UTF_8));
    service = town.open.with("Authorization", "Basic " + login);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private Answered configure() {
    return service.put(
        PATH,
        """
        {"whatsapp":{"webhook":{"incoming_message_url":"%s","status_callback_url":"%s",\
        "verify_token":"your_verification_token"}}}\
        """
            .formatted(town.url("/incoming"), town.url("/status")));
  }

  private void posts(String body) {
    Answered answered =
        town.open
            .with("X-Exotel-Signature", Signatures.sign(SigningKey.of(KEY), Bytes.utf8(body)))
            .post("/webhooks/exotel/acme1", body);
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    assertThat(answered.json().path("accepted").asBoolean(false)).as(answered.text()).isTrue();
  }

  private static String incoming(String id, String content) {
    return """
    {"event":"incoming_message","timestamp":"2024-06-15T10:30:00.000Z","account_sid":"acme1","message":\
    {"id":"%s","from":"+919876543210","to":"your_waba_number","timestamp":"2024-06-15T10:30:00.000Z",%s},\
    "contact":{"wa_id":"919876543210","profile":{"name":"John Doe"}}}\
    """
        .formatted(id, content);
  }

  @Test
  void s4Statements1To3TheConfiguration() {
    Answered missing = service.put(PATH, "{\"whatsapp\":{\"webhook\":{\"verify_token\":\"t\"}}}");
    assertThat(missing.status()).isEqualTo(400);
    Answered configured = configure();
    assertThat(configured.status()).as(configured.text()).isEqualTo(200);
    assertThat(town.handshakes()).anyMatch(it -> it.contains("/incoming"));
    assertThat(town.handshakes()).anyMatch(it -> it.contains("/status"));
    assertThat(service.get(PATH).text()).contains(town.url("/incoming"), town.url("/status"));
  }

  @Test
  void s4Statements4And5TheTextExample() throws Exception {
    configure();
    posts(incoming("msg_in_001", "\"type\":\"text\",\"text\":{\"body\":\"Hello, I need help\"}"));
    JsonNode got = town.await("/incoming", it -> it.text().contains("msg_in_001")).json();
    assertThat(got.path("event").asString()).isEqualTo("incoming_message");
    assertThat(got.path("timestamp").asString()).isEqualTo("2024-06-15T10:30:00.000Z");
    assertThat(got.path("account_sid").asString()).isEqualTo("acme1");
    JsonNode message = got.path("message");
    assertThat(message.path("from").asString()).isEqualTo("+919876543210");
    assertThat(message.path("text").path("body").asString()).isEqualTo("Hello, I need help");
    assertThat(got.path("contact").path("wa_id").asString()).isEqualTo("919876543210");
    assertThat(got.path("contact").path("profile").path("name").asString()).isEqualTo("John Doe");
    for (String number : List.of("+919876500000", "09876500000")) {
      String text = incoming("msg_" + number, "\"type\":\"text\",\"text\":{\"body\":\"x\"}");
      posts(text.replace("your_waba_number", number));
      town.await("/incoming", it -> it.text().contains("msg_" + number));
    }
  }

  @Test
  void s4Statements6And9TheOtherKinds() throws Exception {
    configure();
    List<String> contents =
        List.of(
            "\"type\":\"image\",\"image\":{\"id\":\"media_abc123\",\"mime_type\":\"image/jpeg\",\"sha256\":\"abc123\",\"caption\":\"Screenshot\"}",
            "\"type\":\"location\",\"location\":{\"latitude\":12.9716,\"longitude\":77.5946,\"name\":\"Bangalore"
                + " Office\",\"address\":\"123 MG Road\"}",
            "\"type\":\"button\",\"button\":{\"text\":\"Yes, I"
                + " confirm\",\"payload\":\"confirm_order_12345\"}",
            "\"type\":\"video\",\"video\":{\"id\":\"v\",\"mime_type\":\"video/mp4\"}",
            "\"type\":\"audio\",\"audio\":{\"id\":\"a\",\"mime_type\":\"audio/ogg\"}",
            "\"type\":\"document\",\"document\":{\"id\":\"d\",\"mime_type\":\"application/pdf\",\"filename\":\"f.pdf\"}",
            "\"type\":\"sticker\",\"sticker\":{\"id\":\"s\",\"mime_type\":\"image/webp\"}",
            "\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Ana\"}}]",
            "\"type\":\"list_reply\",\"list_reply\":{\"id\":\"row-1\",\"title\":\"One\",\"description\":\"first\"}",
            "\"type\":\"order\",\"order\":{\"catalog_id\":\"c\",\"text\":\"t\",\"product_items\":[{\"quantity\":2}]}");
    for (int i = 0; i < contents.size(); i++) {
      String id = "msg_kind_" + i;
      posts(incoming(id, contents.get(i)));
      JsonNode sent = Json.read(Bytes.utf8("{" + contents.get(i) + "}"));
      JsonNode got = town.await("/incoming", it -> it.text().contains(id)).json().path("message");
      String type = sent.path("type").asString();
      assertThat(got.path("type").asString()).isEqualTo(type);
      assertThat(got.path(type)).as(type).isEqualTo(sent.path(type));
    }
  }

  @Test
  void s4Statements7And8Statuses() throws Exception {
    configure();
    for (String status : List.of("sent", "delivered", "read", "failed")) {
      String id = "msg_out_" + status;
      String errors =
          status.equals("failed")
              ? ",\"errors\":[{\"code\":131026,\"title\":\"Message failed to send\"}]"
              : "";
      posts(
          """
          {"event":"message_status","timestamp":"2024-06-15T10:30:05.000Z","message":{"id":"%s","status":"%s",\
          "recipient":"+919876543210","timestamp":"2024-06-15T10:30:05.000Z"%s}}\
          """
              .formatted(id, status, errors));
      JsonNode got = town.await("/status", it -> it.text().contains(id)).json();
      assertThat(got.path("event").asString()).isEqualTo("message_status");
      assertThat(got.path("message").path("status").asString()).isEqualTo(status);
      assertThat(got.path("message").path("recipient").asString()).isEqualTo("+919876543210");
      assertThat(got.path("message").path("errors").size()).isEqualTo(errors.isEmpty() ? 0 : 1);
    }
    assertThat(town.at("/incoming")).isEmpty();
  }

  @Test
  void s4Statements10And11AcknowledgementAndRetries() {
    JsonNode made = town.endpoint("/exotel", "\"dialect\":\"exotel\"");
    JsonNode policy =
        town.admin.get("/api/v1/endpoints/" + made.path("id").asString()).json().path("policy");
    assertThat(policy.path("deadline").asString()).isEqualTo("PT5S");
    assertThat(policy.path("success").asString()).isEqualTo("200");
    assertThat(Json.text(policy.path("schedule")))
        .isEqualTo("[\"PT30S\",\"PT2M\",\"PT10M\",\"PT1H\"]");
  }

  @Test
  void s4Statement12WhatGoesOnFailingIsToldByAnAlert() throws Exception {
    SeedTown.must(
        201,
        town.admin.post(
            "/api/v1/endpoints",
            "{\"name\":\"down\",\"dialect\":\"exotel\",\"url\":\"http://127.0.0.1:1/\"}"));
    for (int i = 0; i < 12; i++) {
      town.webhook(SeedTown.message("wamid.DOWN" + i, "to nobody"));
    }
    Conditions.until(
        "an alert",
        () ->
            town.admin
                .get("/api/v1/alerts?kind=endpoint.health&state=open")
                .text()
                .contains("\"condition\":\"failing\""));
  }

  @Test
  void s4Statement13TheSignature() throws Exception {
    JsonNode made = town.endpoint("/exotel", "\"dialect\":\"exotel\",\"secret\":\"shared-key\"");
    assertThat(made.path("id").asString()).startsWith("ep_");
    town.webhook(SeedTown.message("wamid.EXOTEL", "signed"));
    SeedTown.Got got = town.await("/exotel", it -> it.text().contains("wamid.EXOTEL"));
    assertThat(got.header("X-Exotel-Signature"))
        .isEqualTo(Signatures.sign(SigningKey.of("shared-key"), got.body()));
  }
}
