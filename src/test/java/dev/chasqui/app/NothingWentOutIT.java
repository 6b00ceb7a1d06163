package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.testkit.Conditions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// An event says why it, or a part of it, went to nobody.
class NothingWentOutIT {

  @TempDir private Path folder;
  private final Town receiver = new Town();
  private Gateway gateway;
  private Caller caller;

  @BeforeEach
  void open() throws Exception {
    gateway = LocalGateway.start(folder);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
    String endpoint = "{\"name\":\"all\",\"dialect\":\"meta\",\"url\":\"" + receiver.url() + "\"}";
    assertThat(caller.admin("POST", "/api/v1/endpoints", endpoint).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void close() {
    caller.close();
    gateway.close();
    receiver.close();
  }

  private JsonNode detail(String entries) throws Exception {
    String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[" + entries + "]}";
    JsonNode answer = Json.read(Bytes.utf8(caller.webhook(Bytes.utf8(body)).body()));
    String id = answer.path("webhookEventId").stringValue();
    return Json.read(Bytes.utf8(caller.get("/api/v1/events/" + id)));
  }

  private static String entry(String wabaId, String numberId, String... wamids) {
    StringBuilder messages = new StringBuilder();
    for (String wamid : wamids) {
      messages.append(messages.isEmpty() ? "" : ",");
      messages.append(
          "{\"from\":\"591720\",\"id\":\"%s\",\"timestamp\":\"1796000000\",\"type\":\"text\",\"text\":{}}"
              .formatted(wamid));
    }
    return """
    {"id":"%s","changes":[{"field":"messages","value":{"metadata":{"display_phone_number":"1555",\
    "phone_number_id":"%s"},"messages":[%s]}}]}\
    """
        .formatted(wabaId, numberId, messages);
  }

  @Test
  void anEmptyEnvelopeSaysSo() throws Exception {
    JsonNode empty = detail("");
    assertThat(empty.path("notes").get(0).stringValue()).contains("nothing to deliver");
    assertThat(empty.path("keptOut").get(0).path("filteredBy").stringValue())
        .contains("there is nothing in the event");
    JsonNode nameless = detail("{\"id\":\"102\",\"changes\":[{\"value\":{}}]}");
    assertThat(nameless.path("notes").get(0).stringValue()).contains("is no change");
  }

  @Test
  void aRepeatThatIsCutOutOfAnEnvelopeIsTold() throws Exception {
    detail(entry("102", "106", "wamid.1"));
    JsonNode cut = detail(entry("102", "106", "wamid.1", "wamid.2"));
    receiver.await("the cut envelope", got -> got.size() == 2);
    assertThat(receiver.got().getLast().body().toUtf8())
        .contains("wamid.2")
        .doesNotContain("wamid.1");
    JsonNode told = cut.path("keptOut").get(0);
    assertThat(told.path("filteredBy").stringValue()).contains("came before in another webhook");
    assertThat(told.path("items").stringValue()).isEqualTo("0.0.0");
    assertThat(cut.path("deliveries")).hasSize(1);
  }

  @Test
  void blankIdsAreNeverLearned() throws Exception {
    for (String blank : List.of("", " ", "\\t")) {
      detail(entry(blank, blank, "wamid.b" + blank.length()));
    }
    detail(entry("102", "106", "wamid.4"));
    Conditions.until("the other ids are learned", () -> ids("phone-numbers").contains("106"));
    assertThat(ids("phone-numbers")).containsExactly("106");
    assertThat(ids("wabas")).containsExactly("102");
  }

  private List<String> ids(String resource) {
    try {
      JsonNode all = Json.read(Bytes.utf8(caller.get("/api/v1/" + resource)));
      return all.path("data").valueStream().map(it -> it.path("id").asString()).toList();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void blankIdsBelongToNobody() throws Exception {
    for (String path : List.of("/api/v1/phone-numbers/%20", "/api/v1/wabas/%20")) {
      assertThat(caller.admin("PUT", path, "{\"wabaId\":\"102\"}").statusCode())
          .as(path)
          .isBetween(400, 499);
    }
    assertThat(caller.admin("PUT", "/api/v1/phone-numbers/106", "{\"wabaId\":\" \"}").statusCode())
        .isEqualTo(400);
  }
}
