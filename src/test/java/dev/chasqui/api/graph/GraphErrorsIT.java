package dev.chasqui.api.graph;

import static dev.chasqui.api.graph.Graph.message;
import static dev.chasqui.api.graph.Graph.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.ProblemException;
import dev.chasqui.http.server.Response;
import dev.chasqui.json.Json;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore.PhoneNumber;
import dev.chasqui.store.ResourceStore.Subscription;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every error code, with its HTTP status and type, and that nothing is changed by what is refused.
class GraphErrorsIT {

  private static final String PARAMETER = "400 100 OAuthException";
  private static final String PERMISSION = "403 200 OAuthException";
  private static final String UNKNOWN = "404 803 GraphMethodException";
  private static final String VERIFICATION = "400 2200 OAuthException";

  private final Graph graph = new Graph();
  private final String apps = "/v21.0/" + Graph.WABA + "/subscribed_apps";
  private final String number = "/v21.0/" + Graph.NUMBER;

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void theEnvelopeHasMessageTypeCodeAndTrace() {
    assertThat(graph.nobody.get(apps).text())
        .matches(
            "\\{\"error\":\\{\"message\":\"\\(#190\\) [^\"]+\",\"type\":\"OAuthException\","
                + "\"code\":190,\"error_subcode\":467,\"is_transient\":false,\"fbtrace_id\":\"A[A-Za-z0-9_-]{16}\"}}");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v24.0/1/nothing, 404 2500 OAuthException",
    "GET, /v24.0/1/2/3/4/5, 404 2500 OAuthException",
    "PUT, /v24.0/1/subscribed_apps, 405 100 GraphMethodException",
    "DELETE, /v24.0/1, 400 100 GraphMethodException"
  })
  void pathsThatAreNoneAreToldInTheSameEnvelope(String method, String path, String refusal) {
    Answered answered = graph.admin.send(method, path, "");
    assertThat(refusal(answered)).isEqualTo(refusal);
    assertThat(answered.json().path("error").propertyNames())
        .contains("message", "type", "code", "error_subcode", "fbtrace_id");
  }

  @Test
  void aBodyOverTheLimitIsToldInTheSameEnvelope() {
    Answered answered = graph.admin.post(apps, "x".repeat((1 << 20) + 1));
    assertThat(refusal(answered)).isEqualTo("413 100 OAuthException");
    assertThat(message(answered)).contains("a body may have 1048576 bytes");
  }

  @Test
  void headersOverTheLimitAreToldInTheSameEnvelope() {
    Answered answered = graph.admin.with("X-Much", "x".repeat(20_000)).get(apps);
    assertThat(refusal(answered)).isEqualTo("431 100 OAuthException");
    assertThat(message(answered)).contains("all headers may have 16384 bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "400, 100, 0, false",
    "401, 190, 467, false",
    "404, 2500, 0, false",
    "405, 100, 33, false",
    "408, 2, 0, true",
    "413, 100, 0, false",
    "415, 100, 0, false",
    "429, 4, 2446079, true",
    "431, 100, 0, false",
    "500, 1, 0, false",
    "501, 100, 0, false",
    "505, 100, 0, false",
    "503, 2, 0, true"
  })
  void theServersOwnErrorsAreTold(int status, int code, int subcode, boolean isTransient) {
    GraphErrors errors = new GraphErrors(new SplittableRandom(1));
    Response answer = errors.of(new ProblemException(status, "Title", "detail"));
    assertThat(answer.status()).isEqualTo(status);
    JsonNode error = Json.read(answer.body()).path("error");
    assertThat(error.path("code").intValue()).isEqualTo(code);
    assertThat(error.path("error_subcode").intValue()).isEqualTo(subcode);
    assertThat(error.path("is_transient").booleanValue()).isEqualTo(isTransient);
    assertThat(error.path("fbtrace_id").stringValue()).startsWith("A");
  }

  @Test
  void whatPassesSaysWhenToTryAgain() {
    GraphErrors errors = new GraphErrors(new SplittableRandom(1));
    Header again = new Header("Retry-After", "1");
    assertThat(errors.of(GraphException.temporary()).headers()).contains(again);
    assertThat(errors.of(GraphException.permission()).headers()).doesNotContain(again);
  }

  @Test
  void otherPathsKeepTheirProblemDocuments() {
    Answered answered = graph.admin.get("/nothing");
    assertThat(answered.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void withoutAKnownTokenNothingIsAnswered() {
    assertThat(refusal(graph.nobody.get(apps))).isEqualTo("401 190 OAuthException");
    assertThat(refusal(graph.nobody.as("wrong").post(apps, "")))
        .isEqualTo("401 190 OAuthException");
    assertThat(graph.resources.wabas()).isEmpty();
  }

  @Test
  void theWorkspacesOwnTokenAndOneInTheQueryWork() {
    graph.resources.putSecret(
        WorkspaceId.DEFAULT, Secrets.ACCESS_TOKEN, "EAAJi-own", Instant.EPOCH, Instant.EPOCH);
    assertThat(graph.nobody.as("EAAJi-own").post(apps, "").status()).isEqualTo(200);
    assertThat(graph.nobody.get(apps + "?access_token=EAAJi-own").status()).isEqualTo(200);
    assertThat(graph.nobody.as(graph.token("api", null)).get(apps).status()).isEqualTo(200);
  }

  @Test
  void tokensThatMayOnlyLookOrSendAreRefused() {
    assertThat(refusal(graph.nobody.as(graph.token("viewer", null)).get(apps)))
        .isEqualTo(PERMISSION);
    assertThat(refusal(graph.nobody.as(graph.token("journey", null)).get(apps)))
        .isEqualTo(PERMISSION);
  }

  @Test
  void aTokenOfOnePhoneNumberReachesOnlyThat() {
    graph.know(Graph.NUMBER, Graph.WABA);
    graph.know("42", Graph.WABA);
    Exchange ofNumber = graph.nobody.as(graph.token("api", Graph.NUMBER));
    assertThat(ofNumber.get(number).status()).isEqualTo(200);
    assertThat(refusal(ofNumber.get("/v21.0/42"))).isEqualTo(PERMISSION);
    assertThat(refusal(ofNumber.post(apps, ""))).isEqualTo(PERMISSION);
  }

  @Test
  void whatNobodyKnowsIs803() {
    assertThat(refusal(graph.admin.get(apps))).isEqualTo(UNKNOWN);
    assertThat(refusal(graph.admin.delete(apps))).isEqualTo(UNKNOWN);
    assertThat(refusal(graph.admin.get(number))).isEqualTo(UNKNOWN);
    assertThat(refusal(graph.admin.post(number, graph.configuration("https://a.example/"))))
        .isEqualTo(UNKNOWN);
  }

  @Test
  void whatAnotherWorkspaceHasIs200() {
    graph.know(Graph.OTHER, Graph.WABA, Subscription.SUBSCRIBED);
    graph.resources.putPhoneNumber(new PhoneNumber(Graph.OTHER, Graph.NUMBER, Graph.WABA, null));
    assertThat(refusal(graph.admin.get(apps))).isEqualTo(PERMISSION);
    assertThat(refusal(graph.admin.post(apps, ""))).isEqualTo(PERMISSION);
    assertThat(refusal(graph.admin.delete(apps))).isEqualTo(PERMISSION);
    assertThat(refusal(graph.admin.get(number))).isEqualTo(PERMISSION);
    assertThat(message(graph.admin.get(number))).isEqualTo("(#200) Permissions error");
  }

  @Test
  void anOverrideNeedsASubscriptionFirst() {
    String body = graph.override(graph.playground.good("x"));
    assertThat(refusal(graph.admin.post(apps, body))).isEqualTo(PARAMETER);
    graph.know(WorkspaceId.DEFAULT, Graph.WABA, Subscription.UNSAID);
    Answered answered = graph.admin.post(apps, body);
    assertThat(refusal(answered)).isEqualTo(PARAMETER);
    assertThat(message(answered)).contains("must be subscribed");
    assertThat(graph.admin.get(apps).text()).isEqualTo("{\"data\":[]}");
    assertThat(graph.playground.handshakes()).isZero();
  }

  @Test
  void aPhoneNumberNeedsItsAccountsSubscriptionFirst() {
    String body = graph.configuration(graph.playground.good("x"));
    graph.know(Graph.NUMBER, null);
    assertThat(refusal(graph.admin.post(number, body))).isEqualTo(PARAMETER);
    graph.know(Graph.NUMBER, Graph.WABA);
    assertThat(refusal(graph.admin.post(number, body))).isEqualTo(PARAMETER);
    graph.know(WorkspaceId.DEFAULT, Graph.WABA, Subscription.UNSUBSCRIBED);
    assertThat(refusal(graph.admin.post(number, body))).isEqualTo(PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not a url",
        "/relative",
        "ftp://files.example.com/",
        "http://",
        "http://10.1.2.3/hook",
        "https://user@hooks.example.com/",
        "http://0x7f000001/"
      })
  void whatCannotBeACallbackIs100(String url) {
    graph.admin.post(apps, "");
    assertThat(refusal(graph.admin.post(apps, graph.override(url)))).isEqualTo(PARAMETER);
    assertThat(graph.admin.get(apps).text()).doesNotContain("override_callback_uri");
  }

  @Test
  void twoHundredCharactersAreTakenAndOneMoreIsNot() {
    graph.admin.post(apps, "");
    String base = graph.playground.good("");
    String longest = base + "x".repeat(200 - base.length());
    assertThat(graph.admin.post(apps, graph.override(longest)).status()).isEqualTo(200);
    Answered answered = graph.admin.post(apps, graph.override(longest + "x"));
    assertThat(refusal(answered)).isEqualTo(PARAMETER);
    assertThat(message(answered)).contains("200 characters");
    assertThat(graph.admin.get(apps).text()).contains(longest + "\"");
  }

  @Test
  void anOverrideNeedsAVerifyToken() {
    graph.admin.post(apps, "");
    String url = graph.playground.good("x");
    assertThat(refusal(graph.admin.post(apps, "{\"override_callback_uri\":\"" + url + "\"}")))
        .isEqualTo(PARAMETER);
    assertThat(graph.playground.handshakes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing", "quoting", "redirecting"})
  void aCallbackThatDoesNotProveItselfIs2200AndNothingChanges(String kind) {
    graph.admin.post(apps, "");
    String good = graph.playground.good("x");
    graph.admin.post(apps, graph.override(good));
    Answered answered = graph.admin.post(apps, graph.override(graph.playground.bad(kind)));
    assertThat(refusal(answered)).isEqualTo(VERIFICATION);
    assertThat(message(answered))
        .startsWith(
            "(#2200) Callback verification failed with the following errors: HTTP Status Code = ");
    assertThat(graph.admin.get(apps).text()).contains(good);
  }

  @Test
  void aCallbackThatDoesNotListenIs2200() {
    graph.admin.post(apps, "");
    Answered answered = graph.admin.post(apps, graph.override("http://127.0.0.1:1/hook"));
    assertThat(refusal(answered)).isEqualTo(VERIFICATION);
    assertThat(message(answered)).contains("curl_errno = 7; ").endsWith("HTTP Status Code = 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[1]", "{\"override_callback_uri\":\"x\",}", "no json", "{\"a\":1}{\"b\":2}"})
  void aBodyThatIsNoObjectIs100(String body) {
    assertThat(refusal(graph.admin.post(apps, body))).isEqualTo(PARAMETER);
    assertThat(graph.resources.wabas()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"pin\":\"123456\"}",
        "{\"webhook_configuration\":7}",
        "{\"webhook_configuration\":{}}",
        "{\"webhook_configuration\":{\"override_callback_uri\":7}}"
      })
  void aPhoneNumberNeedsItsConfiguration(String body) {
    graph.know(Graph.NUMBER, Graph.WABA);
    assertThat(refusal(graph.admin.post(number, body))).isEqualTo(PARAMETER);
  }

  @Test
  void membersThatAreNotKnownAreLeftAlone() {
    String body = "{\"subscribed_fields\":[\"messages\"]}";
    assertThat(graph.admin.post(apps, body).text()).isEqualTo("{\"success\":true}");
  }

  @Test
  void idsAreNumbers() {
    assertThat(refusal(graph.admin.post("/v21.0/me/subscribed_apps", ""))).isEqualTo(PARAMETER);
    assertThat(refusal(graph.admin.get("/v21.0/me"))).isEqualTo(PARAMETER);
  }

  @Test
  void anotherApplicationIsNotKnown() {
    String body =
        "{\"object\":\"whatsapp_business_account\",\"callback_url\":\"%s\",\"verify_token\":\"%s\"}"
            .formatted(graph.playground.good("app"), dev.chasqui.api.Playground.TOKEN);
    assertThat(graph.admin.post("/" + Graph.APP + "/subscriptions", body).status()).isEqualTo(200);
    assertThat(refusal(graph.admin.get("/7/subscriptions"))).isEqualTo(UNKNOWN);
    String page = body.replace("whatsapp_business_account", "page");
    assertThat(refusal(graph.admin.post("/" + Graph.APP + "/subscriptions", page)))
        .isEqualTo(PARAMETER);
  }
}
