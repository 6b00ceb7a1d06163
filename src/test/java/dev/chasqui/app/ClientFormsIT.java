package dev.chasqui.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Bytes;
import dev.chasqui.sim.AppSecret;
import dev.chasqui.sim.Business;
import dev.chasqui.sim.ReceiverSecret;
import dev.chasqui.sim.ReceiverSite;
import dev.chasqui.sim.SampleReceiver;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Requests in the form of published clients that Maven and npm do not have, each named after the
/// client. The clients that can be run are run by [NpmClientsIT] and [RestfbIT].
class ClientFormsIT {

  private static final Business SHOP = TurnTown.SHOP;
  private static final String ROSA = "51900000001";
  private static final String APP = "415500000000001";
  private static final String VERIFY_TOKEN = "verify-me";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String SUCCESS = "{\"success\":true}";

  @TempDir private Path folder;
  private final ReceiverSite site = new ReceiverSite();
  private final URI hook =
      site.open(
          new SampleReceiver(
              "hook", new ReceiverSecret.Meta(new AppSecret(Caller.SECRET)), VERIFY_TOKEN));
  private TurnTown town;
  private Exchange workspace;
  private Exchange nobody;

  @BeforeEach
  void open() {
    town = new TurnTown(folder, Map.of());
    town.operator(
        "PUT",
        "/api/v1/phone-numbers/" + SHOP.phoneNumberId(),
        "{\"wabaId\":\"%s\"}".formatted(SHOP.wabaId()));
    town.operator("PUT", "/api/v1/wabas/" + SHOP.wabaId(), "{\"name\":\"Shop\"}");
    nobody = new Exchange(town.publicUrl());
    workspace = nobody.as(TurnTown.ACCESS_TOKEN);
  }

  @AfterEach
  void close() {
    nobody.close();
    town.close();
    site.close();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static void succeeds(Answered answered) {
    assertThat(answered.text()).isEqualTo(SUCCESS);
    assertThat(answered.status()).isEqualTo(200);
  }

  private String appToken(Answered answered) {
    assertThat(answered.status()).as(answered.text()).isEqualTo(200);
    assertThat(answered.json().path("token_type").asString("")).isEqualTo("bearer");
    return answered.json().path("access_token").stringValue();
  }

  private String wabaOverride() {
    return workspace
        .get("/v24.0/" + SHOP.wabaId() + "/subscribed_apps")
        .json()
        .path("data")
        .path(0)
        .path("override_callback_uri")
        .asString("");
  }

  private String callbacksOfTheNumber() {
    return workspace
        .get("/v25.0/" + SHOP.phoneNumberId() + "?fields=webhook_configuration")
        .json()
        .path("webhook_configuration")
        .toString();
  }

  @Test
  void pywaSetsTheApplicationsCallback() {
    String secret = "&client_id=" + APP + "&client_secret=" + encoded(Caller.SECRET);
    String token =
        appToken(workspace.get("/v25.0/oauth/access_token?grant_type=client_credentials" + secret));
    Answered set =
        workspace.post(
            "/v25.0/%s/subscriptions?object=whatsapp_business_account&callback_url=%s"
                    .formatted(APP, encoded(hook.toString()))
                + "&verify_token=%s&fields=messages%%2Ccalls&access_token=%s"
                    .formatted(VERIFY_TOKEN, encoded(token)),
            "");
    assertThat(set.text()).as("two tokens, of which the parameter is meant").isEqualTo(SUCCESS);
    assertThat(nobody.as(token).get("/v25.0/" + APP + "/subscriptions").text())
        .contains(hook.toString(), "\"messages\"", "\"calls\"");
  }

  @Test
  void pywaSetsAndResetsTheAccountsOverride() {
    String apps = "/v25.0/" + SHOP.wabaId() + "/subscribed_apps";
    String override =
        "{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}".formatted(hook, VERIFY_TOKEN);
    succeeds(workspace.post(apps, ""));
    succeeds(workspace.post(apps, override));
    assertThat(wabaOverride()).isEqualTo(hook.toString());
    succeeds(workspace.post(apps, ""));
    assertThat(wabaOverride()).isEmpty();
  }

  @Test
  void pywaSetsAndResetsTheNumbersOverrideWithASlashAtTheEnd() {
    String number = "/v25.0/" + SHOP.phoneNumberId() + "/";
    String override =
        "{\"webhook_configuration\":{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}}"
            .formatted(hook, VERIFY_TOKEN);
    succeeds(workspace.post("/v25.0/" + SHOP.wabaId() + "/subscribed_apps", ""));
    succeeds(workspace.post(number, override));
    assertThat(callbacksOfTheNumber()).contains("\"phone_number\":\"" + hook);
    succeeds(
        workspace.post(number, "{\"webhook_configuration\":{\"override_callback_uri\":\"\"}}"));
    assertThat(callbacksOfTheNumber()).doesNotContain("phone_number");
  }

  @Test
  void pywaReadsMediaAndTemplates() {
    String id = town.graph.keep("image/png", Bytes.utf8("not really"));
    Answered found = workspace.get("/v25.0/" + id + "?phone_number_id=" + SHOP.phoneNumberId());
    URI url = URI.create(found.json().path("url").stringValue());
    assertThat(workspace.get(url.getPath() + "?" + url.getRawQuery()).text())
        .isEqualTo("not really");
    Answered templates =
        workspace.get("/v25.0/" + SHOP.wabaId() + "/message_templates?fields=name%2Cstatus");
    assertThat(templates.text()).contains("hello_world");
    Answered unknown =
        workspace.get("/v25.0/" + SHOP.phoneNumberId() + "/business_compliance_info");
    assertThat(unknown.json().path("error").path("fbtrace_id").asString("")).isNotEmpty();
  }

  /// The trigger asks for a token before each of its calls; its token's form is a form, the others
  /// are JSON.
  @Test
  void n8nActivatesAndDeactivatesItsTrigger() {
    String form =
        "client_id=%s&client_secret=%s&grant_type=client_credentials"
            .formatted(APP, encoded(Caller.SECRET));
    Exchange n8n =
        nobody.as(
            appToken(nobody.with("Content-Type", FORM).post("/v19.0/oauth/access_token", form)));
    String subscriptions = "/v19.0/" + APP + "/subscriptions";
    assertThat(n8n.get(subscriptions).json().path("data").isEmpty()).isTrue();
    String wanted =
        """
        {"object":"whatsapp_business_account","callback_url":"%s","verify_token":"%s",\
        "fields":"[\\"messages\\"]","include_values":true}\
        """
            .formatted(hook, VERIFY_TOKEN);
    succeeds(n8n.post(subscriptions, wanted));
    assertThat(n8n.get(subscriptions).json().path("data").path(0).path("fields").toString())
        .contains("\"name\":\"messages\"");
    succeeds(n8n.send("DELETE", subscriptions, "{\"object\":\"whatsapp_business_account\"}"));
    assertThat(n8n.get(subscriptions).json().path("data").isEmpty()).isTrue();
  }

  @Test
  void chatwootAddsAnInbox() {
    String query = "?access_token=" + TurnTown.ACCESS_TOKEN;
    Answered templates = nobody.get("/v14.0/" + SHOP.wabaId() + "/message_templates" + query);
    assertThat(templates.json().path("data").path(0).path("name").asString(""))
        .isEqualTo("hello_world");
    Answered numbers = nobody.get("/v22.0/" + SHOP.wabaId() + "/phone_numbers" + query);
    assertThat(numbers.text()).contains(SHOP.phoneNumberId());
    String appToken = encoded(APP + "|" + Caller.SECRET);
    Answered valid =
        nobody.get(
            "/v22.0/debug_token?input_token=%s&access_token=%s"
                .formatted(TurnTown.ACCESS_TOKEN, appToken));
    assertThat(valid.json().path("data").path("is_valid").asBoolean(false))
        .as(valid.text())
        .isTrue();
    String apps = "/v22.0/" + SHOP.wabaId() + "/subscribed_apps";
    succeeds(workspace.post(apps, "{\"subscribed_fields\":[\"messages\",\"smb_message_echoes\"]}"));
    String override =
        """
        {"override_callback_uri":"%s","verify_token":"%s",\
        "subscribed_fields":["messages","smb_message_echoes"]}\
        """
            .formatted(hook, VERIFY_TOKEN);
    succeeds(workspace.post(apps, override));
    assertThat(wabaOverride()).isEqualTo(hook.toString());
    succeeds(workspace.delete(apps));
  }

  @Test
  void chatwootAnswersAndFetchesAttachments() {
    Answered sent =
        workspace.post(
            "/v13.0/" + SHOP.phoneNumberId() + "/messages",
            """
            {"messaging_product":"whatsapp","context":null,"to":"%s","text":{"body":"hola"},"type":"text"}\
            """
                .formatted(ROSA));
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    String id = town.graph.keep("image/png", Bytes.utf8("not really"));
    Answered found = workspace.get("/v13.0/" + id + "?phone_number_id=" + SHOP.phoneNumberId());
    URI url = URI.create(found.json().path("url").stringValue());
    assertThat(workspace.get(url.getPath() + "?" + url.getRawQuery()).text())
        .isEqualTo("not really");
  }

  @Test
  void bindambcSendsUploadsAndReads() {
    Exchange java = workspace.with("Content-Type", "application/json; charset=UTF-8");
    String messages = "/v21.0/" + SHOP.phoneNumberId() + "/messages";
    String buttons =
        """
        {"messaging_product":"whatsapp","recipient_type":"individual","to":"%s","type":"interactive",\
        "interactive":{"type":"BUTTON","body":{"text":"really?"},"action":{"buttons":[{"type":"reply",\
        "reply":{"id":"1","title":"yes"}}]}}}\
        """
            .formatted(ROSA);
    assertThat(java.post(messages, buttons).status()).isEqualTo(200);
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="file"; filename="a.png"\r
        Content-Type: image/png\r
        Content-Length: 10\r
        \r
        not really\r
        --b\r
        Content-Disposition: form-data; name="messaging_product"\r
        Content-Length: 8\r
        \r
        whatsapp\r
        --b--\r
        """;
    Answered uploaded =
        workspace
            .with("Content-Type", "multipart/form-data; boundary=b")
            .post("/v21.0/" + SHOP.phoneNumberId() + "/media", form);
    String id = uploaded.json().path("id").asString("");
    assertThat(id).as(uploaded.text()).isNotEmpty();
    assertThat(java.get("/v21.0/" + id).json().path("url").asString("")).isNotEmpty();
    succeeds(java.delete("/v21.0/" + id));
    assertThat(java.get("/v21.0/" + SHOP.wabaId() + "/message_templates").text())
        .contains("hello_world");
  }

  @Test
  void turnPythonChecksAContactSendsAndListsTemplates() {
    Exchange python = nobody.as(town.token("api"));
    Answered checked =
        python.post("/v1/contacts", "{\"blocking\":\"wait\",\"contacts\":[\"+" + ROSA + "\"]}");
    assertThat(checked.json().path("contacts").path(0).path("input").asString(""))
        .as(checked.text())
        .isEqualTo("+" + ROSA);
    String hsm =
        """
        {"to":"%s","type":"hsm","hsm":{"namespace":"a1b2","element_name":"hello_world",\
        "language":{"code":"en_US","policy":"deterministic"},"localizable_params":[{"default":"Ana"}]}}\
        """
            .formatted(ROSA);
    Answered sent = python.post("/v1/messages", hsm);
    assertThat(sent.json().path("messages").path(0).path("id").asString(""))
        .as(sent.text())
        .isNotEmpty();
    String templates = "/v3.3/" + SHOP.wabaId() + "/message_templates";
    Answered all = nobody.get(templates + "?access_token=" + TurnTown.ACCESS_TOKEN);
    assertThat(all.json().path("data").path(0).path("name").asString("")).isEqualTo("hello_world");
    String wanted =
        "name=quipu&category=UTILITY&components=%s&access_token=%s&language=en_US"
            .formatted(
                encoded("[{\"type\": \"BODY\", \"text\": \"hola\"}]"), TurnTown.ACCESS_TOKEN);
    Answered made = nobody.with("Content-Type", FORM).post(templates, wanted);
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().path("id").asString("")).isNotEmpty();
  }

  @Test
  void ndohHubSetsTheFlagSendsATemplateAndEndsTheChat() {
    Exchange hub = nobody.as(town.token("api")).with("Accept", "application/vnd.v1+json");
    String contact = "/v1/contacts/" + ROSA;
    Answered flag = hub.send("PATCH", contact + "/profile", "{\"is_fallback_active\":false}");
    assertThat(flag.status()).as(flag.text()).isEqualTo(201);
    String template =
        """
        {"to":"%s","type":"template","template":{"namespace":"a1b2","name":"hello_world",\
        "language":{"policy":"deterministic","code":"en_US"},"components":[]}}\
        """
            .formatted(ROSA);
    Answered sent = hub.post("/v1/messages", template);
    assertThat(sent.json().path("messages").path(0).path("id").asString(""))
        .as(sent.text())
        .isNotEmpty();
    Answered ended =
        hub.post(
            "/v1/chats/" + ROSA + "/archive",
            "{\"before\":\"2026-01-01T00:00:00Z\",\"reason\":\"Ended\"}");
    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
  }

  /// Java's client asks for an upgrade to HTTP/2 with the first call of a connection, as Camel's
  /// does; its upload is one body of parts.
  @Test
  void camelSendsAndUploads() {
    Exchange camel = workspace.with("Content-Type", "application/json");
    for (String content :
        new String[] {
          "\"type\":\"text\",\"text\":{\"body\":\"hola\",\"preview_url\":false}",
          "\"type\":\"location\",\"location\":{\"latitude\":\"-12.04\",\"longitude\":\"-77.02\"}",
          "\"type\":\"template\",\"template\":{\"name\":\"hello_world\",\"language\":{\"code\":\"en_US\"}}"
        }) {
      String message =
          "{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"%s\",%s}"
              .formatted(ROSA, content);
      Answered sent = camel.post("/v18.0/" + SHOP.phoneNumberId() + "/messages", message);
      assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    }
    String form =
        """
        --b\r
        Content-Disposition: form-data; name="messaging_product"\r
        Content-Type: text/plain; charset=UTF-8\r
        \r
        whatsapp\r
        --b\r
        Content-Disposition: form-data; name="file"; filename="a.png"\r
        Content-Type: image/png\r
        \r
        not really\r
        --b--
        """;
    Answered uploaded =
        workspace
            .with("Content-Type", "multipart/form-data; boundary=b")
            .post("/v18.0/" + SHOP.phoneNumberId() + "/media", form);
    assertThat(uploaded.json().path("id").asString("")).as(uploaded.text()).isNotEmpty();
  }

  @Test
  void vumiExtendsItsClaimAndHandsTheConversationBack() {
    Exchange vumi = nobody.as(town.token("api")).with("Accept", "application/vnd.v1+json");
    String text =
        "{\"preview_url\":false,\"recipient_type\":\"individual\",\"to\":\"%s\",\"type\":\"text\",\"text\":{\"body\":\"hola\"}}"
            .formatted(ROSA);
    Answered sent = vumi.with("X-Turn-Claim-Extend", "claim-1").post("/v1/messages", text);
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    String id = sent.json().path("messages").path(0).path("id").asString("");
    Answered released = vumi.with("X-Turn-Claim-Release", "claim-1").post("/v1/messages", text);
    assertThat(released.status()).as(released.text()).isEqualTo(200);
    Answered back =
        vumi.with("X-Turn-Claim-Release", "claim-1")
            .post("/v1/messages/" + encoded(id) + "/automation", "");
    assertThat(back.status()).as(back.text()).isEqualTo(200);
  }
}
