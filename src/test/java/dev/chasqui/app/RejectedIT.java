package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What an operator finds of a webhook that was rejected.
class RejectedIT {

  private static final String NUMBER = "106540352242922";

  @TempDir private Path folder;
  private Gateway gateway;
  private Caller caller;

  @BeforeEach
  void start() throws Exception {
    gateway = LocalGateway.start(folder);
    caller = new Caller(gateway.publicUrl(), gateway.adminUrl());
    caller.callback("http://127.0.0.1:1/hook");
  }

  @AfterEach
  void stop() {
    caller.close();
    gateway.close();
  }

  @Test
  void itIsFoundByWhatItSays() throws Exception {
    String event = Caller.eventId(unsigned(Caller.message("wamid.1", 3)));
    String broken = Caller.eventId(unsigned(Bytes.utf8("{")));
    for (String filter :
        new String[] {"phoneNumberId=" + NUMBER, "wabaId=102290129340398", "field=messages"}) {
      assertThat(ids(filter)).as(filter).containsExactly(event);
      assertThat(ids(filter + "&reason=invalid_signature")).containsExactly(event);
      assertThat(ids(filter + "&reason=invalid_json")).isEmpty();
    }
    assertThat(ids("reason=invalid_signature")).containsExactly(broken, event);
    JsonNode detail = json("/api/v1/events/" + event);
    assertThat(detail.path("reason").stringValue()).isEqualTo("invalid_signature");
    assertThat(detail.path("phoneNumberIds").path(0).stringValue()).isEqualTo(NUMBER);
    assertThat(caller.admin("GET", "/api/v1/events?reason=nonsense", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void explainSaysFirstThatNobodyGetsIt() throws Exception {
    String event = Caller.eventId(unsigned(Caller.message("wamid.1", 3)));
    JsonNode told = json("/api/v1/routes/explain?eventId=" + event);
    String words = "rejected: bad signature, not delivered";
    assertThat(told.path("matched").size()).isZero();
    assertThat(told.path("unmatched").path(0).path("reasons").path(0).stringValue())
        .isEqualTo(words);
    assertThat(told.path("notes").path(0).stringValue()).isEqualTo(words);
    String broken = Caller.eventId(unsigned(Bytes.utf8("{")));
    assertThat(json("/api/v1/routes/explain?eventId=" + broken).path("notes").size()).isOne();
  }

  @Test
  void aMissingSecretIsToldWhereverOneLooks() throws Exception {
    HttpResponse<String> answer = post("/w/acme/webhooks/meta", Caller.message("wamid.1", 3));
    assertThat(answer.statusCode()).isEqualTo(404);
    caller.admin("PUT", "/api/v1/secrets/meta-verify-token?workspace=acme", "{\"value\":\"v\"}");
    String told = post("/w/acme/webhooks/meta", Caller.message("wamid.1", 3)).body();
    assertThat(told).contains("\"reason\":\"no_secret\"");
    String path = "/api/v1/events/" + Caller.eventId(told) + "?workspace=acme";
    assertThat(json(path).path("reason").stringValue()).isEqualTo("no_secret");
    assertThat(caller.open("/ready").body())
        .contains("\"notes\":[\"no meta-verify-token is set in workspace default")
        .contains("lack a webhook-signing-secret: 1;")
        .doesNotContain("acme");
    String secret = "/api/v1/secrets/webhook-signing-secret?workspace=acme";
    caller.admin("PUT", secret, "{\"value\":\"a-secret-of-acme\"}");
    assertThat(caller.open("/ready").body()).doesNotContain("lack a webhook");
  }

  private List<String> ids(String filter) throws Exception {
    return json("/api/v1/events?" + filter)
        .path("data")
        .valueStream()
        .map(it -> it.path("id").stringValue())
        .toList();
  }

  private JsonNode json(String path) throws Exception {
    return Json.read(Bytes.utf8(caller.get(path)));
  }

  private String unsigned(Bytes body) throws Exception {
    return post("/webhooks/whatsapp", body).body();
  }

  private HttpResponse<String> post(String path, Bytes body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(gateway.publicUrl() + path))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.toArray()))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
