package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.store.ResourceStore.Subscription;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Several calls in one, each answered as if it had come alone.
class BatchIT {

  private static final String SEND =
      "{'method':'POST','relative_url':'"
          + Graph.NUMBER
          + "/messages','body':'messaging_product="
          + "whatsapp&to=51900000001&type=text&text=%7B%22body%22%3A%22hi%22%7D'}";

  private final Graph graph = new Graph();
  private Exchange api;

  @BeforeEach
  void open() {
    graph.know(WorkspaceId.DEFAULT, Graph.WABA, Subscription.SUBSCRIBED);
    api = graph.nobody.as(graph.token("api", null));
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v24.0", "/v24.0/"})
  void eachCallIsAnsweredInOrderWithItsOwnStatus(String path) {
    String calls =
        "["
            + SEND
            + ",{'method':'GET','relative_url':'v21.0/"
            + Graph.WABA
            + "/subscribed_apps?x=1'},"
            + "{'method':'GET','relative_url':'v21.0/7/subscribed_apps'},"
            + "{'method':'GET','relative_url':'a/b/c/d'}]";
    JsonNode answers = batch(api, path, calls).json();
    assertThat(answers.size()).isEqualTo(4);
    assertThat(answers.path(0).path("code").asInt()).isEqualTo(200);
    assertThat(answers.path(0).path("body").stringValue()).isEqualTo(FakeMessages.UPSTREAMS_ANSWER);
    assertThat(answers.path(0).path("headers").path(0).path("name").stringValue())
        .isEqualTo("Content-Type");
    assertThat(body(answers, 1).path("data").size()).isEqualTo(1);
    assertThat(body(answers, 2).path("error").path("code").asInt()).isEqualTo(803);
    assertThat(answers.path(3).path("code").asInt()).isEqualTo(404);
  }

  @Test
  void theVersionOfTheBatchIsThatOfItsCalls() {
    batch(api, "/v23.0/", "[" + SEND + "]");
    assertThat(graph.messages.sent.getFirst().options().version()).isEqualTo("v23.0");
  }

  @Test
  void aKeyOfTheBatchIsOneOfEachCall() {
    batch(api.with("Idempotency-Key", "k"), "/v23.0/", "[" + SEND + "," + SEND + "]");
    assertThat(graph.messages.sent.stream().map(it -> it.options().idempotencyKey()))
        .containsExactly("k/0", "k/1");
  }

  @Test
  void jsonBodiesAndTokensInTheBodyWorkToo() {
    String json =
        "{'method':'post','relative_url':'/v24.0/"
            + Graph.NUMBER
            + "/messages',"
            + "'headers':['Content-Type: application/json'],'body':'{\\\\\"messaging_product\\\\\":"
            + "\\\\\"whatsapp\\\\\",\\\\\"to\\\\\":\\\\\"1\\\\\"}'}";
    String body =
        "{\"access_token\":\"%s\",\"include_headers\":false,\"batch\":[%s]}"
            .formatted(graph.token("api", null), json.replace('\'', '"').replace("\\\\\"", "\\\""));
    JsonNode answers = graph.nobody.post("/", body).json();
    assertThat(answers.path(0).path("code").asInt()).isEqualTo(200);
    assertThat(answers.path(0).has("headers")).isFalse();
  }

  @Test
  void whatIsOmittedOnSuccessIsNull() {
    String call = SEND.replace("{'method'", "{'omit_response_on_success':true,'method'");
    assertThat(batch(api, "/", "[" + call + "]").text()).isEqualTo("[null]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[7]",
        "[{'method':'GET'}]",
        "[{'method':'GET','relative_url':'1','depends_on':'x'}]",
        "[{'method':'GET','relative_url':'1','access_token':'another'}]"
      })
  void whatCannotBeCarriedOutWholeIsNotBegun(String calls) {
    String batch = calls.startsWith("[{") ? calls.replace("[{", "[" + SEND + ",{") : calls;
    assertThat(Graph.refusal(batch(api, "/", batch))).isEqualTo("400 100 OAuthException");
    assertThat(graph.messages.sent).isEmpty();
  }

  @Test
  void fiftyCallsAreTakenAndOneMoreIsNot() {
    String fifty = String.join(",", Collections.nCopies(50, SEND));
    assertThat(batch(api, "/", "[" + fifty + "]").json().size()).isEqualTo(50);
    assertThat(Graph.refusal(batch(api, "/", "[" + fifty + "," + SEND + "]")))
        .isEqualTo("400 100 OAuthException");
  }

  @Test
  void aBatchNeedsAToken() {
    assertThat(Graph.refusal(batch(graph.nobody, "/", "[" + SEND + "]"))).startsWith("401 190");
    Exchange journey = graph.nobody.as(graph.token("journey", Graph.NUMBER));
    String managing = "[{'method':'POST','relative_url':'" + Graph.WABA + "/subscribed_apps'}]";
    JsonNode answers = batch(journey, "/", managing).json();
    assertThat(answers.path(0).path("code").asInt()).isEqualTo(403);
  }

  private static Answered batch(Exchange as, String path, String calls) {
    String form = "batch=" + URLEncoder.encode(calls.replace('\'', '"'), StandardCharsets.UTF_8);
    return as.with("Content-Type", "application/x-www-form-urlencoded").post(path, form);
  }

  private static JsonNode body(JsonNode answers, int index) {
    return Json.read(Bytes.utf8(answers.path(index).path("body").stringValue("")));
  }
}
