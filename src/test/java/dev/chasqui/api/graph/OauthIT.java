package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore.App;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Access tokens as Graph's clients ask for them and look at them.
class OauthIT {

  private static final String SECRET = "app-secret";
  private static final String ASK =
      "?grant_type=client_credentials&client_id=" + Graph.APP + "&client_secret=" + SECRET;

  private final Graph graph = new Graph();

  @BeforeEach
  void open() {
    graph.resources.putApp(new App(WorkspaceId.DEFAULT, Graph.APP, "Clinic"));
    graph.resources.putSecret(
        WorkspaceId.DEFAULT, Secrets.SIGNING, SECRET, Instant.EPOCH, Instant.EPOCH);
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /oauth/access_token",
    "GET, /v19.0/oauth/access_token",
    "POST, /v19.0/oauth/access_token/"
  })
  void theApplicationGetsItsToken(String method, String path) {
    Answered answered = graph.nobody.send(method, path + ASK, "");
    assertThat(answered.text())
        .isEqualTo(
            "{\"access_token\":\"%s|%s\",\"token_type\":\"bearer\"}".formatted(Graph.APP, SECRET));
    String token = answered.json().path("access_token").stringValue();
    assertThat(graph.nobody.as(token).post("/" + Graph.WABA + "/subscribed_apps", "").status())
        .isEqualTo(200);
  }

  @Test
  void itMayAskInABodyToo() {
    String body =
        "{\"grant_type\":\"client_credentials\",\"client_id\":%s,\"client_secret\":\"%s\"}"
            .formatted(Graph.APP, SECRET);
    assertThat(graph.nobody.post("/v19.0/oauth/access_token", body).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "client_secret=wrong, 400 1 OAuthException",
    "client_id=7, 400 1 OAuthException",
    "client_id=, 400 100 OAuthException",
    "grant_type=fb_exchange_token, 400 100 OAuthException"
  })
  void nobodyElseGetsOne(String instead, String refusal) {
    String name = instead.substring(0, instead.indexOf('=') + 1);
    String query = ASK.replaceFirst(name + "[^&]*", instead);
    Answered answered = graph.nobody.get("/v19.0/oauth/access_token" + query);
    assertThat(Graph.refusal(answered)).isEqualTo(refusal);
    assertThat(answered.header("WWW-Authenticate").isEmpty())
        .as("guesses are counted")
        .isEqualTo(refusal.startsWith("400 100"));
  }

  @Test
  void ourOwnTokensAreToldWhatTheyAreGoodFor() {
    String journey = graph.token("journey", Graph.NUMBER);
    for (String path : new String[] {"/debug_token", "/v24.0/debug_token"}) {
      JsonNode data = graph.admin.get(path + "?input_token=" + journey).json().path("data");
      assertThat(data.path("expires_at").asLong()).isZero();
      assertThat(data.path("is_valid").asBoolean()).isTrue();
      assertThat(data.path("app_id").stringValue()).isEqualTo(Graph.APP);
      assertThat(data.path("application").stringValue()).isEqualTo("Clinic");
      assertThat(data.path("scopes").toString()).isEqualTo("[\"whatsapp_business_messaging\"]");
    }
    Exchange app = graph.nobody.as(Graph.APP + "|" + SECRET);
    String itself = "?input_token=" + Graph.APP + "%7C" + SECRET;
    assertThat(app.get("/debug_token" + itself).json().path("data").path("type").stringValue())
        .isEqualTo("APP");
    assertThat(graph.nobody.as(journey).get("/debug_token" + itself).status()).isEqualTo(403);
  }
}
