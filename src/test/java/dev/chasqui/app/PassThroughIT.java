package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.json.Json;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.Business;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A client of the Graph API that uses more than messages and callbacks, pointed at a gateway.
class PassThroughIT {

  private static final Business SHOP = TurnTown.SHOP;
  private static final Business OTHER = SHOP.withAccount(1);
  private static final String WABA = "/v24.0/" + SHOP.wabaId();
  private static final String NUMBER = "/v24.0/" + SHOP.phoneNumberId();

  @TempDir private Path folder;
  private TurnTown town;
  private Exchange workspace;
  private Exchange number;

  @BeforeEach
  void open() {
    open(Map.of());
  }

  private void open(Map<String, String> more) {
    town = new TurnTown(folder, more);
    town.operator(
        "PUT",
        "/api/v1/phone-numbers/" + SHOP.phoneNumberId(),
        "{\"wabaId\":\"%s\"}".formatted(SHOP.wabaId()));
    town.operator("PUT", "/api/v1/wabas/" + SHOP.wabaId(), "{\"name\":\"Shop\"}");
    workspace = town.client("EAA-of-the-tests");
    number = town.client(town.token("api"));
  }

  private void reopen(String setting, String value) {
    town.close();
    open(new HashMap<>(Map.of(setting, value)));
  }

  @AfterEach
  void close() {
    town.close();
  }

  private static int code(Answered answered) {
    return answered.json().path("error").path("code").asInt(0);
  }

  @Test
  void templatesAreListedMadeAndDeleted() {
    Answered all =
        workspace.get(WABA + "/message_templates?limit=10&access_token=EAA-of-the-tests");
    assertThat(all.status()).as(all.text()).isEqualTo(200);
    assertThat(all.json().path("data").path(0).path("name").asString()).isEqualTo("hello_world");
    Answered made =
        workspace.post(
            WABA + "/message_templates",
            "{\"name\":\"quipu\",\"language\":\"es\",\"category\":\"UTILITY\",\"access_token\":\"EAA-of-the-tests\"}");
    assertThat(made.json().path("status").asString("")).as(made.text()).isEqualTo("PENDING");
    assertThat(workspace.delete(WABA + "/message_templates?name=quipu").text())
        .isEqualTo("{\"success\":true}");
    assertThat(code(workspace.delete(WABA + "/message_templates?name=quipu"))).isEqualTo(100);
  }

  @Test
  void anotherMethodMayBeNamedHereToo() {
    String templates = WABA + "/message_templates";
    workspace.post(templates, "{\"name\":\"quipu\",\"language\":\"es\",\"category\":\"UTILITY\"}");
    assertThat(workspace.post(templates + "?method=get", "").text()).contains("quipu");
    assertThat(workspace.get(templates + "?method=delete&name=quipu").text())
        .isEqualTo("{\"success\":true}");
    assertThat(workspace.get(templates).text()).doesNotContain("quipu");
    String id = town.graph.keep("image/png", Bytes.utf8("x"));
    assertThat(workspace.post("/v24.0/" + id + "?method=delete", "").text())
        .isEqualTo("{\"success\":true}");
    assertThat(code(workspace.get("/v24.0/" + id))).isEqualTo(100);
  }

  @Test
  void callsOfABatchArePassedOnToo() {
    String calls =
        """
        {"batch":[{"method":"GET","relative_url":"%1$s/message_templates"},\
        {"method":"GET","relative_url":"%2$s?fields=verified_name"},\
        {"method":"GET","relative_url":"debug_token?input_token=%3$s"}]}\
        """
            .formatted(SHOP.wabaId(), SHOP.phoneNumberId(), TurnTown.ACCESS_TOKEN);
    JsonNode answers = workspace.post("/v24.0/", calls).json();
    assertThat(answers.path(0).path("body").asString()).contains("hello_world");
    assertThat(answers.path(1).path("body").asString()).contains("Simulated business");
    assertThat(answers.path(2).path("body").asString()).contains("is_valid");
  }

  @Test
  void clientsOfTurnListTemplatesToo() {
    Answered all = number.get("/v3.3/" + SHOP.wabaId() + "/message_templates");
    assertThat(all.json().path("data").path(0).path("name").asString("")).isEqualTo("hello_world");
    Answered made =
        workspace.post(
            "/v3.3/" + SHOP.wabaId() + "/message_templates",
            "{\"name\":\"quipu\",\"language\":\"en_US\",\"category\":\"UTILITY\"}");
    assertThat(made.status()).as("what clients of Turn wait for").isEqualTo(201);
  }

  @Test
  void aVersionIsNotNeeded() {
    Answered all = number.get("/" + SHOP.wabaId() + "/message_templates");
    assertThat(all.json().path("data").path(0).path("name").asString("")).isEqualTo("hello_world");
    Answered profile = number.get("/" + SHOP.phoneNumberId() + "/whatsapp_business_profile/");
    assertThat(profile.status()).as(profile.text()).isEqualTo(200);
    assertThat(number.get("/" + SHOP.phoneNumberId()).json().path("id").asString(""))
        .isEqualTo(SHOP.phoneNumberId());
    Answered refused = workspace.post("/" + SHOP.phoneNumberId() + "/block_users", "{}");
    assertThat(refused.text()).contains("graph.passThrough");
    String id = town.graph.keep("image/png", Bytes.utf8("x"));
    assertThat(number.get("/" + id + "/content").text()).isEqualTo("x");
  }

  @Test
  void fieldsOfNumbersAndAccountsAreThePlatforms() {
    Answered own = number.get(NUMBER + "?fields=verified_name,quality_rating");
    assertThat(own.json().path("verified_name").asString("")).isEqualTo("Simulated business");
    Answered both = number.get(NUMBER + "/?fields=webhook_configuration,verified_name");
    assertThat(both.json().path("verified_name").asString("")).isNotEmpty();
    assertThat(both.json().has("webhook_configuration")).isTrue();
    assertThat(workspace.get(WABA).json().path("name").asString("")).isEqualTo("Simulated account");
    Answered numbers = number.get(WABA + "/phone_numbers");
    assertThat(numbers.json().path("data").path(0).path("id").asString(""))
        .isEqualTo(SHOP.phoneNumberId());
  }

  @Test
  void aProfileIsToldAndChanged() {
    String profile = NUMBER + "/whatsapp_business_profile";
    assertThat(
            number.post(profile, "{\"messaging_product\":\"whatsapp\",\"about\":\"open\"}").text())
        .isEqualTo("{\"success\":true}");
    assertThat(number.get(profile + "?fields=about").text()).contains("\"about\":\"open\"");
  }

  @Test
  void aFileIsFoundByTheAddressThatIsTold() {
    String id = town.graph.keep("image/png", Bytes.utf8("not really"));
    JsonNode told = number.get("/v24.0/" + id).json();
    URI address = URI.create(told.path("url").asString());
    assertThat(told.path("mime_type").asString("")).isEqualTo("image/png");
    assertThat(address.getPath()).isEqualTo("/v24.0/" + id + "/content");
    Answered file = number.get(address.getPath());
    assertThat(file.text()).isEqualTo("not really");
    assertThat(file.header("Content-Type")).isEqualTo("image/png");
    assertThat(town.client("nonsense").get(address.getPath()).status()).isEqualTo(401);
    Exchange withoutToken = new Exchange("http://" + address.getAuthority());
    String ticket = address.getPath() + "?" + address.getRawQuery();
    assertThat(withoutToken.get(ticket).text()).isEqualTo("not really");
    assertThat(withoutToken.get(ticket + "0").status()).as("a forged ticket").isEqualTo(401);
    String other = ticket.replace(id, town.graph.keep("image/png", Bytes.utf8("secret")));
    assertThat(withoutToken.get(other).status()).as("another file").isEqualTo(401);
    withoutToken.close();
    assertThat(number.delete("/v24.0/" + id).text()).isEqualTo("{\"success\":true}");
    assertThat(code(number.get("/v24.0/" + id))).isEqualTo(100);
  }

  @Test
  void theAddressIsWhereClientsReachTheGateway() {
    String id = town.graph.keep("image/png", Bytes.utf8("x"));
    assertThat(number.get("/v24.0/" + id).text()).contains("\"url\":\"http://127.0.0.1:");
    assertThat(number.with("X-Forwarded-Proto", "https").get("/v24.0/" + id).text())
        .contains("\"url\":\"https://127.0.0.1:");
    reopen("public.url", "https://wa.example.com/");
    String other = town.graph.keep("image/png", Bytes.utf8("x"));
    assertThat(number.get("/v24.0/" + other).text())
        .contains("\"https://wa.example.com/v24.0/" + other + "/content?ticket=");
  }

  @Test
  void aTokenOfOneNumberReachesNothingElse() {
    String foreign = "/v24.0/" + OTHER.wabaId();
    assertThat(number.get(foreign + "/message_templates").status()).isEqualTo(403);
    assertThat(number.post(WABA + "/message_templates", "{\"name\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(
            number.get("/v24.0/" + OTHER.phoneNumberId() + "/whatsapp_business_profile").status())
        .isEqualTo(403);
    Exchange journey = town.client(town.token("journey"));
    assertThat(journey.get(WABA + "/message_templates").status()).isEqualTo(403);
    assertThat(journey.get(NUMBER + "?fields=verified_name").status()).isEqualTo(403);
    String id = town.graph.keep("image/png", Bytes.utf8("sent by a user"));
    assertThat(journey.get("/v24.0/" + id + "/content").text()).isEqualTo("sent by a user");
  }

  @Test
  void aFileOfAnotherNumberIsNotFound() {
    String form =
        """
        --b
        Content-Disposition: form-data; name="messaging_product"

        whatsapp
        --b
        Content-Disposition: form-data; name="file"; filename="a.png"
        Content-Type: image/png

        mine
        --b--
        """
            .replace("\n", "\r\n");
    Answered uploaded =
        number
            .with("Content-Type", "multipart/form-data; boundary=b")
            .post(NUMBER + "/media", form);
    String file = "/v24.0/" + uploaded.json().path("id").asString();
    String order = "{\"kind\":\"api\",\"phoneNumberId\":\"%s\"}".formatted(OTHER.phoneNumberId());
    String made = town.operator("POST", "/api/v1/tokens", order);
    Exchange other = town.client(Json.read(Bytes.utf8(made)).path("token").stringValue());
    assertThat(code(other.get(file))).isEqualTo(100);
    assertThat(code(other.get(file + "?phone_number_id=" + SHOP.phoneNumberId()))).isEqualTo(100);
    assertThat(code(other.get(file + "/content"))).isEqualTo(100);
    assertThat(code(other.delete(file))).isEqualTo(100);
    assertThat(number.get(file + "/content").text()).isEqualTo("mine");
  }

  @Test
  void whatAnotherWorkspaceHasIsNotPassedOn() {
    town.operator("PUT", "/api/v1/wabas/777?workspace=other", "{\"name\":\"Other\"}");
    assertThat(workspace.get("/v24.0/777/message_templates").status()).isEqualTo(403);
    assertThat(workspace.get("/v24.0/777").status()).isEqualTo(403);
  }

  @Test
  void whatTheOperatorDoesNotAllowIsRefusedWithTheSetting() {
    Answered refused = workspace.post(NUMBER + "/block_users", "{}");
    assertThat(refused.status()).isEqualTo(404);
    assertThat(code(refused)).isEqualTo(2500);
    assertThat(refused.text()).contains("graph.passThrough");
    Answered pin = workspace.post(NUMBER + "/", "{\"pin\":\"123456\"}");
    assertThat(code(pin)).isEqualTo(100);
    assertThat(pin.text()).contains("graph.passThrough", "number_settings");
    reopen("graph.passThrough", "block_users");
    Answered passed = workspace.post(NUMBER + "/block_users", "{}");
    assertThat(passed.text()).as("the platform's own words").contains("Unsupported request");
    assertThat(code(workspace.get("/v24.0/12345"))).isEqualTo(803);
  }

  @Test
  void callsAreCountedAndThoseThatMayChangeSomethingAreWrittenToTheLog() {
    try (LogLines log = new LogLines()) {
      workspace.get(WABA + "/message_templates?limit=7");
      assertThat(log.all()).doesNotContain("passed on to the Graph API");
      number.post(
          NUMBER + "/whatsapp_business_profile?about=private",
          "{\"messaging_product\":\"whatsapp\",\"about\":\"private\"}");
      workspace.delete("/v24.0/12345");
      assertThat(log.all())
          .containsPattern(
              "passed on to the Graph API: POST whatsapp_business_profile in workspace default by"
                  + " tok_[0-9a-z]+, answered 200")
          .contains("passed on to the Graph API: DELETE media in workspace default by meta")
          .doesNotContain("private", TurnTown.ACCESS_TOKEN);
    }
    assertThat(town.operator("GET", "/metrics", ""))
        .contains(
            "chasqui_graph_passed_total{call=\"message_templates\",class=\"2xx\"} 1.0",
            "chasqui_graph_passed_total{call=\"whatsapp_business_profile\",class=\"2xx\"} 1.0",
            "chasqui_graph_passed_total{call=\"media\",class=\"4xx\"} 1.0");
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    reopen("graph.maxBody", "1KiB");
    String long1 = "{\"about\":\"" + "x".repeat(2_000) + "\"}";
    Answered refused = workspace.post(NUMBER + "/whatsapp_business_profile", long1);
    assertThat(refused.text()).contains("graph.maxBody");
    assertThat(refused.status()).isGreaterThanOrEqualTo(400);
  }

  @Test
  void anAppThatRequiresItsSecretIsServedWithAProof() {
    town.graph.requireProof();
    assertThat(workspace.get(WABA + "/message_templates").text()).contains("appsecret_proof");
    reopen("upstream.appSecretProof", "true");
    town.graph.requireProof();
    assertThat(workspace.get(WABA + "/message_templates").status()).isEqualTo(200);
    String message =
        "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"text\",\"text\":{\"body\":\"x\"}}";
    assertThat(number.post(NUMBER + "/messages", message).status()).isEqualTo(200);
    String id = town.graph.keep("image/png", Bytes.utf8("x"));
    assertThat(number.get("/v24.0/" + id + "/content").text()).isEqualTo("x");
  }

  @Test
  void theFakePlatformTakesWhatPublishedLibrariesSend() {
    Exchange direct = new Exchange(town.graph.url().toString()).as("EAA-of-the-tests");
    for (String body :
        new String[] {
          "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"audio\",\"audio\":{\"id\":123}}",
          "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"contacts\","
              + "\"contacts\":\"[{\\\"name\\\":{\\\"formatted_name\\\":\\\"Ana\\\"}}]\"}",
          "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"interactive\",\"interactive\":"
              + "{\"type\":\"BUTTON\",\"body\":{\"text\":\"b\"},\"action\":{\"buttons\":[{\"type\":\"reply\","
              + "\"reply\":{\"id\":1,\"title\":\"t\"}}]}}}",
          "{\"messaging_product\":\"whatsapp\",\"to\":\"51900000001\",\"type\":\"interactive\",\"interactive\":"
              + "{\"type\":\"LIST\",\"body\":{\"text\":\"b\"},\"action\":{\"button\":\"open\",\"sections\":[{\"title\":\"all\","
              + "\"rows\":[{\"id\":1,\"title\":\"t\"}]}]}}}"
        }) {
      assertThat(direct.post(NUMBER + "/messages", body).status()).as(body).isEqualTo(200);
    }
    assertThat(
            direct
                .post(
                    NUMBER + "/messages?messaging_product=whatsapp&to=51900000001&type=text",
                    "{\"text\":{\"body\":\"x\"}}")
                .status())
        .isEqualTo(200);
    direct.close();
  }
}
