package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.messaging.UpstreamTown;
import dev.chasqui.model.Bytes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Contacts as a client of Turn's reads and sets them, through a whole gateway.
class TurnContactsIT {

  private static final String NUMBER = "106540352242922";
  private static final String ANA = "/v1/contacts/51900000001";

  @TempDir private Path folder;
  private final UpstreamTown upstream = new UpstreamTown();
  private final HttpClient client = HttpClient.newHttpClient();
  private Gateway gateway;
  private Caller caller;
  private String token;

  @BeforeEach
  void open() throws Exception {
    gateway =
        LocalGateway.start(
            folder,
            Map.of(),
            new LocalGateway.Upstream(upstream.url().toString(), "EAAG-workspace"));
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
    caller.admin("PUT", "/api/v1/phone-numbers/" + NUMBER, "{\"wabaId\":\"102290129340398\"}");
    String body = "{\"kind\":\"api\",\"phoneNumberId\":\"%s\"}".formatted(NUMBER);
    token = json(caller.admin("POST", "/api/v1/tokens", body).body()).path("token").asString();
  }

  @AfterEach
  void close() {
    client.close();
    caller.close();
    gateway.close();
    upstream.close();
  }

  private static JsonNode json(String text) {
    return Json.read(Bytes.utf8(text));
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + path))
            .header("Authorization", "Bearer " + token)
            .header("Accept", "application/vnd.v1+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = call("GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return json(answer.body());
  }

  private void inbound(String from, String wamid, long at, String more) throws Exception {
    webhook(
        """
        "contacts":[{"wa_id":"%1$s","profile":{"name":"Ana"}}],
        "messages":[{"from":"%1$s","id":"%2$s","timestamp":"%3$d",%4$s}]\
        """
            .formatted(from, wamid, at, more));
  }

  private void webhook(String items) throws Exception {
    String body =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":\
        "messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":\
        "15550001111","phone_number_id":"%s"},%s}}]}]}\
        """
            .formatted(NUMBER, items);
    assertThat(caller.webhook(Bytes.utf8(body)).body()).contains("\"accepted\":true");
  }

  private static String text(String text) {
    return "\"type\":\"text\",\"text\":{\"body\":\"" + text + "\"}";
  }

  @Test
  void theCheckTellsEachInputAsItCame() throws Exception {
    String inputs =
        "{\"blocking\":\"wait\",\"contacts\":[\"+51-900-000-001\",\"51 900 000 002\",\"tomato\"]}";
    HttpResponse<String> answer = call("POST", "/v1/contacts", inputs);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"contacts\":["
                + "{\"input\":\"+51-900-000-001\",\"status\":\"valid\",\"wa_id\":\"51900000001\"},"
                + "{\"input\":\"51 900 000 002\",\"status\":\"valid\",\"wa_id\":\"51900000002\"},"
                + "{\"input\":\"tomato\",\"status\":\"invalid\"}]}");
    assertThat(call("POST", "/v1/contacts", "{}").statusCode()).isEqualTo(400);
    assertThat(call("POST", "/v1/contacts", "{\"contacts\":[7]}").body()).contains("contacts[0]");
  }

  @Test
  void whatAContactWritesInAGroupIsNoMessageOfItsOwnChat() throws Exception {
    inbound("51900000001", "wamid.own", 1_796_000_000, text("own"));
    inbound("51900000001", "wamid.group", 1_796_000_001, "\"group_id\":\"G1\"," + text("x"));
    JsonNode messages = get(ANA + "/messages").path("messages");
    assertThat(messages.valueStream().map(it -> it.path("id").asString()))
        .containsExactly("wamid.own");
  }

  @Test
  void theFlagHasTwoNamesAndEitherSetsIt() throws Exception {
    assertThat(call("GET", ANA, "").statusCode()).isEqualTo(404);
    HttpResponse<String> set = call("PATCH", ANA, "{\"is_fallback_active\":true}");
    assertThat(set.statusCode()).isEqualTo(200);
    for (JsonNode told : List.of(json(set.body()), get("/v1/contacts/+51%20900-000-001"))) {
      assertThat(told.path("wa_id").asString()).isEqualTo("51900000001");
      assertThat(told.path("is_fallback_active").booleanValue()).isTrue();
      assertThat(told.path("is_fallback_channel_active").booleanValue()).isTrue();
    }
    call("PATCH", ANA, "{\"is_fallback_channel_active\":false}");
    assertThat(get(ANA).path("is_fallback_active").booleanValue()).isFalse();
    String both = "{\"is_fallback_channel_active\":false,\"is_fallback_active\":true}";
    assertThat(call("PATCH", ANA, both).statusCode()).isEqualTo(400);
    assertThat(call("PATCH", ANA, "{}").body()).contains("is_fallback_active is required");
    assertThat(call("PATCH", "/v1/contacts/US.5", "{\"is_fallback_active\":true}").statusCode())
        .isEqualTo(404);
  }

  @Test
  void profilesHaveTypedFieldsAndFreeOnes() throws Exception {
    HttpResponse<String> set =
        call(
            "PATCH",
            ANA + "/profile",
            "{\"name\":\"Ana\",\"opted_in\":true,\"birthday\":\"1990-01-31\",\"clinic\":7}");
    assertThat(set.statusCode()).isEqualTo(201);
    assertThat(json(set.body()).path("generation").intValue()).isEqualTo(1);
    assertThat(json(set.body()).path("updated_at").asString()).isNotEmpty();
    JsonNode told = get(ANA + "/profile");
    assertThat(told).isEqualTo(json(set.body()));
    assertThat(told.path("fields").path("clinic").intValue()).isEqualTo(7);
    assertThat(told.path("fields").path("surname").isNull()).isTrue();
    assertThat(told.path("fields").path("whatsapp_id").asString()).isEqualTo("51900000001");
    call("PATCH", ANA + "/profile", "{\"clinic\":null}");
    assertThat(get(ANA + "/profile").path("fields").has("clinic")).isFalse();
    assertThat(get("/v1/contacts/schemas").path("uuid")).isEqualTo(told.path("schema"));
  }

  @Test
  void aProfileRefusesWhatItsFieldsCannotHold() throws Exception {
    for (String wrong :
        List.of(
            "{\"opted_in\":\"yes\"}",
            "{\"language\":\"english\"}",
            "{\"birthday\":\"yesterday\"}",
            "{\"location\":\"Lima\"}",
            "{\"name\":{}}",
            "{\"two words\":1}",
            "{\"list\":[1]}",
            "{\"long\":\"" + "x".repeat(20_000) + "\"}",
            "[]")) {
      assertThat(call("PATCH", ANA + "/profile", wrong).statusCode()).as(wrong).isEqualTo(400);
    }
    StringBuilder many = new StringBuilder("{\"f0\":0");
    for (int i = 1; i <= 200; i++) {
      many.append(",\"f").append(i).append("\":0");
    }
    assertThat(call("PATCH", ANA + "/profile", many + "}").body()).contains("at most 200 fields");
    assertThat(call("GET", ANA + "/profile", "").statusCode()).isEqualTo(404);
  }

  @Test
  void theMessagesOfAContactAreToldNewestFirstBothWays() throws Exception {
    inbound("51900000001", "wamid.in.1", 1_700_000_001, text("first"));
    inbound("51900000002", "wamid.in.2", 1_700_000_002, text("of another"));
    inbound("51900000001", "wamid.in.3", 1_700_000_003, text("second"));
    String sent = "{\"to\":\"51900000001\",\"type\":\"text\",\"text\":{\"body\":\"answer\"}}";
    assertThat(call("POST", "/v1/messages", sent).body()).contains("wamid.1");
    webhook(
        """
        "statuses":[{"id":"wamid.1","status":"read","timestamp":"1700000009",
        "recipient_id":"51900000001"}]\
        """);
    JsonNode answer = get(ANA + "/messages");
    JsonNode messages = answer.path("messages");
    assertThat(messages.valueStream().map(m -> m.path("id").asString()))
        .containsExactly("wamid.1", "wamid.in.3", "wamid.in.1");
    JsonNode newest = messages.path(0);
    assertThat(newest.path("text").path("body").asString()).isEqualTo("answer");
    assertThat(newest.path("_vnd").path("v1").path("direction").asString()).isEqualTo("outbound");
    assertThat(newest.path("_vnd").path("v1").path("last_status").asString()).isEqualTo("read");
    assertThat(messages.path(1).path("_vnd").path("v1").path("direction").asString())
        .isEqualTo("inbound");
    assertThat(answer.path("chat").path("owner").asString()).isEqualTo("+51900000001");
  }

  @Test
  void aChangedNumberTakesItsHistoryAlong() throws Exception {
    inbound("51900000001", "wamid.in.1", 1_700_000_001, text("before"));
    call("PATCH", ANA + "/profile", "{\"clinic\":\"north\"}");
    webhook(
        """
        "messages":[{"from":"51900000001","id":"wamid.sys","timestamp":"1700000002",
        "type":"system","system":{"body":"changed","wa_id":"51900000009",
        "type":"user_changed_number"}}]\
        """);
    inbound("51900000009", "wamid.in.2", 1_700_000_003, text("after"));
    JsonNode messages = get("/v1/contacts/51900000009/messages").path("messages");
    assertThat(messages.valueStream().map(m -> m.path("id").asString()))
        .containsExactly("wamid.in.2", "wamid.sys", "wamid.in.1");
    assertThat(get(ANA + "/messages").path("messages")).isEqualTo(messages);
    assertThat(get(ANA).path("wa_id").asString()).isEqualTo("51900000009");
    assertThat(get(ANA + "/profile").path("fields").path("clinic").asString()).isEqualTo("north");
  }
}
