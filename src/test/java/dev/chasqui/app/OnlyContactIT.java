package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The only contact of a change is the sender of its messages, however they name the sender. Its
/// name and both ids reach a receiver of each dialect as WhatsApp sent them.
class OnlyContactIT {

  private static final String KNOWN = "5215512345678";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"from\":\"525512345678\",",
        "\"from\":\"+5215512345678\",",
        "\"from\":\"+52 1 55 1234 5678\",",
        "\"from\":\"MX.1\",",
        "\"from\":\"\",",
        "\"from\":null,",
        ""
      })
  void nameAndIdsReachEveryDialect(String from) throws Exception {
    Bytes webhook = Bytes.utf8(envelope(from));
    Map<String, Town> towns = new LinkedHashMap<>();
    List.of("meta", "standard", "turn", "exotel").forEach(it -> towns.put(it, new Town()));
    try (Gateway gateway = LocalGateway.start(folder);
        Caller caller = new Caller(gateway.publicUrl(), gateway.adminUrl())) {
      for (Map.Entry<String, Town> town : towns.entrySet()) {
        String endpoint =
            "{\"name\":\"%s\",\"dialect\":\"%1$s\",\"url\":\"%s\"}"
                .formatted(town.getKey(), town.getValue().url());
        assertThat(caller.admin("POST", "/api/v1/endpoints", endpoint).statusCode()).isEqualTo(201);
      }
      assertThat(caller.webhook(webhook).body()).contains("\"accepted\":true");
      assertThat(received(towns, "meta")).isEqualTo(webhook);
      isOfStandard(Json.read(received(towns, "standard")).path("data").path("contact"));
      isOfTurn(Json.read(received(towns, "turn")));
      isOfExotel(Json.read(received(towns, "exotel")));
      String contact = caller.get("/api/v1/contacts/" + KNOWN);
      assertThat(contact).contains("\"name\":\"Ana\"", "\"userId\":\"MX.1\"");
      assertThat(caller.get("/api/v1/contacts/MX.1")).isEqualTo(contact);
    } finally {
      towns.values().forEach(Town::close);
    }
  }

  private static void isOfStandard(JsonNode contact) {
    assertThat(contact.path("waId").asString()).isEqualTo(KNOWN);
    assertThat(contact.path("userId").asString()).isEqualTo("MX.1");
    assertThat(contact.path("name").asString()).isEqualTo("Ana");
  }

  private static void isOfTurn(JsonNode body) {
    isContact(body.path("contacts").path(0));
    JsonNode message = body.path("messages").path(0);
    assertThat(message.path("from").asString()).isEqualTo(KNOWN);
    assertThat(message.path("from_user_id").asString()).isEqualTo("MX.1");
  }

  private static void isOfExotel(JsonNode body) {
    isContact(body.path("contact"));
    assertThat(body.path("message").path("from").asString()).isEqualTo("+" + KNOWN);
  }

  private static void isContact(JsonNode contact) {
    assertThat(contact.path("profile").path("name").asString()).isEqualTo("Ana");
    assertThat(contact.path("wa_id").asString()).isEqualTo(KNOWN);
    assertThat(contact.path("user_id").asString()).isEqualTo("MX.1");
  }

  private static Bytes received(Map<String, Town> towns, String dialect)
      throws InterruptedException {
    Town town = Objects.requireNonNull(towns.get(dialect));
    town.await(dialect + " has it", got -> got.size() == 1);
    return town.got().getFirst().body();
  }

  private static String envelope(String from) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
    "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
    "15550783881","phone_number_id":"106540352242922"},"contacts":[{"profile":{"name":"Ana"},\
    "wa_id":"%s","user_id":"MX.1"}],"messages":[{%s"id":"wamid.in","timestamp":"1796000000",\
    "type":"text","text":{"body":"x"}}]}}]}]}\
    """
        .formatted(KNOWN, from);
  }
}
