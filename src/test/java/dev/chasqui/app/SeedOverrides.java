package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Seed 001, statement by statement.
abstract class SeedOverrides {

  private static final String WABA = "/v21.0/" + SeedTown.SHOP.wabaId() + "/subscribed_apps";
  private static final String NUMBER = "/v21.0/" + SeedTown.SHOP.phoneNumberId();
  private static final String CONFIGURATION =
      "/v17.0/" + SeedTown.SHOP.phoneNumberId() + "?fields=webhook_configuration";

  @TempDir private Path folder;
  private SeedTown town;
  private Exchange graph;

  @BeforeEach
  void open() {
    town = new SeedTown(folder);
    graph = town.open.as(SeedTown.ACCESS_TOKEN);
    SeedTown.must(
        200,
        town.admin.put(
            "/api/v1/app",
            "{\"id\":\"670843887433847\",\"name\":\"Lucky Shrub\",\"callbackUrl\":\"%s\",\"verifyToken\":\"v\"}"
                .formatted(town.url("/app"))));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private String override(String path) {
    return "{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}"
        .formatted(town.url(path), SeedTown.VERIFY_TOKEN);
  }

  private String ofNumber(String path) {
    return "{\"webhook_configuration\":" + override(path) + "}";
  }

  private void isDone(Answered answered) {
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    assertThat(answered.json().path("success").asBoolean()).isTrue();
    assertThat(answered.json().size()).isEqualTo(1);
  }

  private void isRefused(Answered answered, int code, String word) {
    assertThat(answered.status()).as(answered.text()).isEqualTo(400);
    assertThat(answered.json().path("error").path("code").asInt()).isEqualTo(code);
    assertThat(answered.json().path("error").path("message").asString()).contains(word);
  }

  private void isDeliveredAt(String path, String wamid) throws InterruptedException {
    town.webhook(SeedTown.message(wamid, "x"));
    town.await(path, it -> it.text().contains(wamid));
    for (String other : new String[] {"/app", "/waba", "/phone"}) {
      assertThat(town.at(other))
          .filteredOn(it -> !other.equals(path))
          .noneMatch(it -> it.text().contains(wamid));
    }
  }

  @Test
  void s1Statements1And12To17NumberThenAccountThenApplication() throws Exception {
    town.knowNumber();
    isDone(graph.post(WABA, ""));
    isDone(graph.post(WABA, override("/waba")));
    isDone(graph.post(NUMBER, ofNumber("/phone")));
    JsonNode all = graph.get(CONFIGURATION).json();
    assertThat(all.path("webhook_configuration").path("phone_number").asString())
        .isEqualTo(town.url("/phone"));
    assertThat(all.path("webhook_configuration").path("whatsapp_business_account").asString())
        .isEqualTo(town.url("/waba"));
    assertThat(all.path("webhook_configuration").path("application").asString())
        .isEqualTo(town.url("/app"));
    assertThat(all.path("id").asString()).isEqualTo(SeedTown.SHOP.phoneNumberId());
    isDeliveredAt("/phone", "wamid.ONE");
    isDone(
        graph.post(
            NUMBER,
            "{\n  \"webhook_configuration\": {\n    \"override_callback_uri\": \"\",\n  }\n}"));
    isDeliveredAt("/waba", "wamid.TWO");
    isDone(graph.post(WABA, ""));
    isDeliveredAt("/app", "wamid.THREE");
    JsonNode bare = graph.get(CONFIGURATION).json().path("webhook_configuration");
    assertThat(bare.has("whatsapp_business_account")).isFalse();
    assertThat(town.admin.get("/api/v1/alerts").json().path("data"))
        .as("nothing is wrong")
        .isEmpty();
    assertThat(town.admin.get("/metrics").text())
        .as("what is taken away is not switched off")
        .contains("chasqui_endpoints{state=\"disabled\"} 0")
        .containsOnlyOnce("chasqui_endpoint_failing{");
  }

  @Test
  void s1Statement2OnlyWhatIsAboutMessagesIsOverridden() throws Exception {
    isDone(graph.post(WABA, ""));
    isDone(graph.post(WABA, override("/waba")));
    String update =
        """
        {"object":"whatsapp_business_account","entry":[{"id":"%s","time":1717000000,"changes":[{"field":\
        "phone_number_quality_update","value":{"display_phone_number":"15550783881","event":"FLAGGED",\
        "current_limit":"TIER_10K"}}]}]}\
        """
            .formatted(SeedTown.SHOP.wabaId());
    town.webhook(update);
    SeedTown.Got got = town.await("/app", it -> it.text().contains("quality"));
    assertThat(got.text()).isEqualTo(update);
    assertThat(got.header("X-Hub-Signature-256")).isEqualTo(SeedTown.signature(update));
    assertThat(town.at("/waba")).isEmpty();
  }

  @Test
  void s1Statement3TheAppMustBeSubscribedFirst() {
    isRefused(graph.post(WABA, override("/waba")), 100, "subscribed");
    assertThat(town.handshakes()).noneMatch(it -> it.startsWith("/waba"));
  }

  @Test
  void s1Statement4TheAlternateCallbackIsVerified() {
    isDone(graph.post(WABA, ""));
    isDone(graph.post(WABA, override("/waba")));
    assertThat(town.handshakes())
        .filteredOn(it -> it.startsWith("/waba"))
        .singleElement()
        .asString()
        .contains("hub.mode=subscribe", "hub.challenge=", "hub.verify_token=myvoice");
    isRefused(
        graph.post(
            WABA, "{\"override_callback_uri\":\"http://127.0.0.1:1/x\",\"verify_token\":\"t\"}"),
        2200,
        "");
    assertThat(graph.get(WABA).json().path("data").path(0).path("override_callback_uri").asString())
        .isEqualTo(town.url("/waba"));
  }

  @Test
  void s1Statements5And10TheExamplesOfTheAccount() {
    isDone(graph.post(WABA, ""));
    isDone(graph.post(WABA, override("/waba")));
    JsonNode data = graph.get(WABA).json().path("data");
    assertThat(data.size()).isEqualTo(1);
    JsonNode app = data.path(0).path("whatsapp_business_api_data");
    assertThat(app.path("id").asString()).isEqualTo("670843887433847");
    assertThat(app.path("name").asString()).isEqualTo("Lucky Shrub");
    assertThat(app.path("link").asString()).contains("670843887433847");
    assertThat(data.path(0).path("override_callback_uri").asString()).isEqualTo(town.url("/waba"));
  }

  @Test
  void s1Statements6And8BothMembersAreRequired() {
    isDone(graph.post(WABA, ""));
    isDone(graph.post(WABA, override("/waba")));
    for (String body :
        new String[] {
          "{\"verify_token\":\"t\"}",
          "{\"override_callback_url\":\"" + town.url("/typo") + "\",\"verify_token\":\"t\"}",
          "{\"override_callback_uri\":\"" + town.url("/waba2") + "\"}"
        }) {
      isRefused(graph.post(WABA, body), 100, "");
    }
    assertThat(graph.get(WABA).text()).as("nothing changed").contains("/waba\"");
    isRefused(graph.post(NUMBER, "{\"webhook_configuration\":{\"verify_token\":\"t\"}}"), 100, "");
  }

  @Test
  void s1Statements7And9TwoHundredCharactersAndNoMaximum() {
    isDone(graph.post(WABA, ""));
    String at200 = "/x" + "y".repeat(200 - town.url("/x").length());
    isDone(graph.post(WABA, override(at200)));
    isRefused(graph.post(WABA, override(at200 + "z")), 100, "200");
    isDone(
        graph.post(
            WABA,
            "{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}"
                .formatted(town.url("/waba"), "t".repeat(20_000))));
  }

  @Test
  void s1Statement14ANumberIsOverriddenStraightAfterItsAccountWasSubscribed() throws Exception {
    isDone(graph.post(WABA, ""));
    isDone(graph.post(NUMBER, ofNumber("/phone")));
    isDeliveredAt("/phone", "wamid.FIRST");
  }

  @Test
  void s1Statement18WithAnyTokenOfTheGatewayToo() {
    isDone(town.open.as(Caller.ADMIN_TOKEN).post(WABA, ""));
    assertThat(town.open.as("EAAJi...").post(WABA, "").status()).isEqualTo(401);
  }
}
