package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.graph.Reaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Promises that only the whole gateway can keep.
class PromisesIT {

  private static final List<String> PRIVATE =
      List.of("15550002222", "Ana Quispe", "my secret text", Caller.SECRET, Caller.ADMIN_TOKEN);

  private static final String FALLBACK =
      "/api/v1/phone-numbers/" + TurnTown.SHOP.phoneNumberId() + "/fallback";

  @TempDir private Path folder;

  @Test
  void p7WhatIsUnknownIsStoredRoutedAndForwardedRaw() throws Exception {
    Bytes field =
        Bytes.utf8(
            """
            {"object":"whatsapp_business_account","new":[1,{}],"entry":[{"id":"7","later":null,\
            "changes":[{"field":"telepathy","value":{"thought":"\\u00e4"}}]}]}""");
    Bytes type = Bytes.utf8(message("hologram", "{\"depth\":3}"));
    try (Town town = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      caller.callback(town.url());
      String first = caller.webhook(field).body();
      String second = caller.webhook(type).body();
      assertThat(first).contains("\"accepted\":true").contains("\"topic\":\"unknown\"");
      assertThat(second).contains("\"accepted\":true").contains("\"topic\":\"messages\"");
      town.await("both arrive", got -> got.size() == 2);
      assertThat(town.got()).extracting(Town.Got::body).containsExactlyInAnyOrder(field, type);
      assertThat(caller.get("/api/v1/events/" + Caller.eventId(second)))
          .contains("\"state\":\"processed\"")
          .contains("hologram");
    }
  }

  @Test
  void p8NothingPrivateIsInLogsOrMetrics() throws Exception {
    String metrics;
    LogLines log = new LogLines();
    try (log;
        Town town = new Town();
        Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      town.answer(500);
      caller.callback(town.url());
      caller.webhook(Bytes.utf8(message("text", "{\"body\":\"my secret text\"}")));
      caller.webhook(Bytes.utf8("{\"object\":\"my secret text"));
      caller.open("/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=" + Caller.SECRET);
      caller.open("/my secret text".replace(" ", "%20"));
      caller.admin("POST", "/api/v1/endpoints", "{\"name\":\"my secret text\"");
      metrics = caller.get("/metrics");
    }
    assertThat(metrics).contains("chasqui_webhooks_accepted_total").doesNotContain(PRIVATE);
    assertThat(log.all()).isNotEmpty().doesNotContain(PRIVATE);
  }

  @Test
  void p8NothingPrivateOfMessagesOutIsInLogsOrMetrics() {
    LogLines log = new LogLines();
    String metrics;
    String token;
    try (log;
        TurnTown town = new TurnTown(folder, Map.of())) {
      token = town.token("api");
      town.operator(
          "PUT", FALLBACK, "{\"url\":\"http://127.0.0.1:1/b\",\"secret\":\"my secret text\"}");
      Exchange service = town.client(token);
      assertThat(sent(service).status()).isEqualTo(200);
      town.graph.conduct().always("15550002222", Reaction.refuse(131026));
      for (int i = 0; i < 5; i++) {
        assertThat(sent(service).status()).isEqualTo(400);
      }
      town.operator("GET", "/api/v1/contacts/15550002222", "");
      assertThat(sent(service).status()).as("over a bridge that is down").isEqualTo(502);
      town.graph.conduct().always("15550003333", Reaction.refuse(190));
      service.post("/v1/messages", "{\"to\":\"15550003333\",\"text\":{\"body\":\"x\"}}");
      service.post("/v1/messages", "{\"to\":\"15550002222\",\"type\":\"my secret text\"}");
      metrics = town.operator("GET", "/metrics", "");
    }
    assertThat(metrics).contains("chasqui_messages_sent_total").doesNotContain(PRIVATE);
    assertThat(log.all()).isNotEmpty().doesNotContain(PRIVATE).doesNotContain(token);
  }

  private static Exchange.Answered sent(Exchange service) {
    String body = "{\"to\":\"+1 555 000 2222\",\"text\":{\"body\":\"my secret text\"}}";
    return service.post("/v1/messages", body);
  }

  private static String message(String type, String content) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
    "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
    "15550001111","phone_number_id":"106540352242922"},"contacts":[{"wa_id":"15550002222",\
    "profile":{"name":"Ana Quispe"}}],"messages":[{"from":"15550002222","id":"wamid.%s",\
    "timestamp":"1717000000","type":"%s","%s":%s}]}}]}]}"""
        .formatted(type, type, type, content);
  }
}
