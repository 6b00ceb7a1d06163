package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.api.Playground;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Secrets;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Parameters mean the same wherever they stand, and a call that says something else than it seems
/// to is refused and changes nothing.
class ParametersIT {

  private static final String SUCCESS = "{\"success\":true}";
  private static final String MULTIPART = "multipart/form-data; boundary=xYz";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Graph graph = new Graph();
  private final String apps = "/v21.0/" + Graph.WABA + "/subscribed_apps";
  private final String number = "/v21.0/" + Graph.NUMBER;
  private final String messages = number + "/messages";

  /// Where parameters may stand.
  enum Place {
    QUERY,
    FORM,
    MULTIPART,
    JSON
  }

  @AfterEach
  void close() {
    graph.close();
  }

  @ParameterizedTest
  @EnumSource
  void anOverrideIsSetFromWhereverItStands(Place place) {
    graph.admin.post(apps, "");
    String url = graph.playground.good("one");
    Answered answered = post(graph.admin, apps, place, override(url));
    assertThat(answered.text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(apps).text()).contains(url);
  }

  @ParameterizedTest
  @EnumSource
  void aNumbersOverrideIsAnObjectWhereverItStands(Place place) {
    graph.know(Graph.NUMBER, Graph.WABA);
    graph.admin.post(apps, "");
    String url = graph.playground.good("one");
    Map<String, String> parameters = Map.of("webhook_configuration", graph.override(url));
    assertThat(post(graph.admin, number, place, parameters).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(number).text()).contains(url);
  }

  @ParameterizedTest
  @EnumSource
  void theNodesIdMayBeNamedOnceMore(Place place) {
    Map<String, String> own = Map.of("id", Graph.WABA);
    assertThat(post(graph.admin, apps, place, own).text()).isEqualTo(SUCCESS);
    assertThat(post(graph.admin, apps, place, Map.of("id", "1")).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource
  void theTokenIsFoundWhereverItStands(Place place) {
    String token = graph.token("api", null);
    assertThat(post(graph.nobody, apps, place, Map.of("access_token", token)).text())
        .isEqualTo(SUCCESS);
    assertThat(post(graph.nobody, apps, place, Map.of("access_token", "wrong")).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageIsOneWhereverItStands(Place place) {
    Map<String, String> message = new LinkedHashMap<>();
    message.put("messaging_product", "whatsapp");
    message.put("to", "+51 900 000 001");
    message.put("type", "text");
    message.put("text", "{\"body\":\"hi\"}");
    message.put("biz_opaque_callback_data", "[mine]");
    message.put("access_token", graph.token("api", Graph.NUMBER));
    Answered answered = post(graph.nobody, messages, place, message);
    assertThat(answered.text()).isEqualTo(FakeMessages.UPSTREAMS_ANSWER);
    assertThat(graph.messages.sent.getFirst().content().raw())
        .isEqualTo(
            Bytes.utf8(
                "{\"messaging_product\":\"whatsapp\",\"to\":\"+51 900 000 001\",\"type\":\"text\","
                    + "\"text\":{\"body\":\"hi\"},\"biz_opaque_callback_data\":\"[mine]\"}"));
  }

  @Test
  void namesWithBracketsAreObjectsAndLists() {
    Map<String, String> message = new LinkedHashMap<>();
    message.put("messaging_product", "whatsapp");
    message.put("to", "51900000001");
    message.put("type", "interactive");
    message.put("interactive[type]", "button");
    message.put("interactive[action][buttons][0][reply][id]", "a");
    message.put("interactive[action][buttons][1][reply][id]", "b");
    Exchange api = graph.nobody.as(graph.token("api", Graph.NUMBER));
    for (Place place : new Place[] {Place.FORM, Place.MULTIPART, Place.QUERY}) {
      assertThat(post(api, messages, place, message).status()).isEqualTo(200);
      assertThat(graph.messages.sent.getLast().content().raw().toUtf8())
          .endsWith(
              "\"interactive\":{\"type\":\"button\",\"action\":{\"buttons\":"
                  + "[{\"reply\":{\"id\":\"a\"}},{\"reply\":{\"id\":\"b\"}}]}}}");
    }
    Exchange form = graph.admin.with("Content-Type", FORM);
    String fields = "subscribed_fields%5B%5D=messages&subscribed_fields%5B%5D=calls";
    assertThat(form.post(apps, fields).text()).isEqualTo(SUCCESS);
    assertThat(graph.resources.wabas().getFirst().fields())
        .containsExactlyInAnyOrder("messages", "calls");
    assertThat(form.post(apps, "subscribed_fields[0]=a&subscribed_fields=b").status())
        .isEqualTo(400);
  }

  @Test
  void aReadMarkMayBeAFormToo() {
    Map<String, String> mark = new LinkedHashMap<>();
    mark.put("messaging_product", "whatsapp");
    mark.put("status", "read");
    mark.put("message_id", "wamid.in");
    Exchange api = graph.nobody.as(graph.token("api", Graph.NUMBER));
    assertThat(post(api, messages, Place.FORM, mark).status()).isEqualTo(200);
    assertThat(graph.messages.posted.getFirst()).contains("\"status\":\"read\"");
  }

  @Test
  void oauthIsBearersOtherName() {
    String token = graph.token("api", null);
    assertThat(graph.nobody.with("Authorization", "OAuth " + token).post(apps, "").text())
        .isEqualTo(SUCCESS);
  }

  @Test
  void theApplicationsIdAndSecretAreATokenOfItsOwn() {
    graph.resources.putSecret(
        WorkspaceId.DEFAULT, Secrets.SIGNING, "s3cret|x", Instant.EPOCH, Instant.EPOCH);
    Exchange app = graph.nobody.as(Graph.APP + "|s3cret|x");
    assertThat(app.post(apps, "").text()).isEqualTo(SUCCESS);
    assertThat(graph.nobody.as(Graph.APP + "|other").post(apps, "").status()).isEqualTo(401);
    assertThat(app.post(messages, "{}").status()).isEqualTo(403);
    graph.resources.putApp(new dev.chasqui.store.ResourceStore.App(WorkspaceId.DEFAULT, Graph.APP));
    assertThat(app.post(apps, "").text()).isEqualTo(SUCCESS);
    assertThat(graph.nobody.as("7|s3cret|x").post(apps, "").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/subscribed_apps/", "/"})
  void aSlashAtTheEndChangesNothing(String end) {
    graph.know(
        WorkspaceId.DEFAULT, Graph.WABA, dev.chasqui.store.ResourceStore.Subscription.UNSAID);
    graph.know(Graph.WABA, Graph.WABA);
    assertThat(graph.admin.get("/v21.0/" + Graph.WABA + end).status()).isEqualTo(200);
    assertThat(graph.admin.get("/" + Graph.WABA + end).status()).isEqualTo(200);
  }

  @Test
  void messagesTakeASlashToo() {
    Exchange api = graph.nobody.as(graph.token("api", Graph.NUMBER));
    String text = "{\"messaging_product\":\"whatsapp\",\"to\":\"1\",\"text\":{\"body\":\"hi\"}}";
    assertThat(api.post(messages + "/", text).status()).isEqualTo(200);
  }

  @Test
  void anotherMethodMayBeNamed() {
    graph.admin.post(apps, "");
    assertThat(graph.admin.post(apps + "?method=delete", "").text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.post(apps + "?method=GET", "").text()).isEqualTo("{\"data\":[]}");
    assertThat(Graph.refusal(graph.admin.post(apps + "?method=patch", "")))
        .isEqualTo("400 100 OAuthException");
  }

  @Test
  void metasOwnPagePrintsACommaTooMany() {
    graph.know(Graph.NUMBER, Graph.WABA);
    String body = "{\"webhook_configuration\": { \"override_callback_uri\": \"\", } }";
    assertThat(graph.admin.post(number, body).text()).isEqualTo(SUCCESS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'verify_token':'x'}; override_callback_uri is required",
        "{'override_callback_url':'https://a.example/'}; override_callback_url is not known",
        "{'subscribed_fields':['messages'],'overide_callback_uri':'x'}; is not known",
        "{'webhook_configuration':{'override_callback_uri':'x'}}; is not known"
      })
  void whatIsNotUnderstoodTakesNoOverrideAway(String body, String message) {
    graph.admin.post(apps, "");
    String url = graph.playground.good("one");
    graph.admin.post(apps, graph.override(url));
    Answered answered = graph.admin.post(apps, body.replace('\'', '"'));
    assertThat(Graph.refusal(answered)).isEqualTo("400 100 OAuthException");
    assertThat(Graph.message(answered)).contains(message);
    assertThat(graph.admin.get(apps).text()).contains(url);
  }

  @Test
  void whatIsNotUnderstoodTakesNoNumbersOverrideAway() {
    graph.know(Graph.NUMBER, Graph.WABA);
    graph.admin.post(apps, "");
    String url = graph.playground.good("one");
    graph.admin.post(number, graph.configuration(url));
    String cleared = "{\"webhook_configuration\":{\"override_callback_uri\":\"\",\"url\":\"x\"}}";
    Answered answered = graph.admin.post(number, cleared);
    assertThat(Graph.refusal(answered)).isEqualTo("400 100 OAuthException");
    assertThat(Graph.message(answered)).contains("url is not known");
    assertThat(graph.admin.get(number).text()).contains(url);
  }

  @ParameterizedTest
  @CsvSource({"DELETE, /subscribed_apps?override_callback_uri=x", "DELETE, /subscriptions?file=x"})
  void whatIsNotUnderstoodDeletesNothing(String method, String path) {
    graph.admin.post(apps, "");
    Answered answered = graph.admin.send(method, "/v21.0/" + Graph.WABA + path, "");
    assertThat(answered.status()).isEqualTo(400);
    assertThat(graph.admin.get(apps).text()).contains("whatsapp_business_api_data");
  }

  @Test
  void aParameterThatSaysTwoThingsIsRefused() {
    graph.admin.post(apps, "");
    String path = apps + "?override_callback_uri=https%3A%2F%2Fa.example%2F";
    Answered answered = graph.admin.post(path, graph.override(graph.playground.good("one")));
    assertThat(Graph.message(answered)).contains("is there twice");
    assertThat(graph.admin.get(apps).text()).doesNotContain("override_callback_uri");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--xYz\r\n\r\nno name\r\n--xYz--", "nothing", "--xYz\r\nleft open"})
  void aMultipartBodyThatIsNoneIsRefused(String body) {
    Answered answered = graph.admin.with("Content-Type", MULTIPART).post(apps, body);
    assertThat(Graph.refusal(answered)).isEqualTo("400 100 OAuthException");
    assertThat(graph.resources.wabas()).isEmpty();
  }

  @Test
  void aFileKeepsItsQueryAndLosesTheClientsToken() {
    String token = graph.token("api", Graph.NUMBER);
    String file =
        part("file\"; filename=\"a.txt", "h\u00e9llo")
                .replace("\r\n\r\n", "\r\nContent-Type: text/plain\r\n\r\n")
            + "--xYz--\r\n";
    String form = part("type", "text/plain") + part("access_token", token) + file;
    graph
        .nobody
        .with("Content-Type", MULTIPART)
        .post(number + "/media/?messaging_product=whatsapp&pretty=1", form);
    assertThat(graph.messages.uploads)
        .containsExactly(
            number + "/media?messaging_product=whatsapp\n" + part("type", "text/plain") + file);
  }

  @Test
  void aFileWithoutATokenGoesNowhere() {
    String file = part("file\"; filename=\"a.txt", "x") + "--xYz--\r\n";
    Answered answered = graph.nobody.with("Content-Type", MULTIPART).post(number + "/media", file);
    assertThat(Graph.refusal(answered)).isEqualTo("401 190 OAuthException");
    assertThat(graph.messages.uploads).isEmpty();
  }

  private static Map<String, String> override(String url) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("override_callback_uri", url);
    parameters.put("verify_token", Playground.TOKEN);
    return parameters;
  }

  private static Answered post(
      Exchange as, String path, Place place, Map<String, String> parameters) {
    return switch (place) {
      case QUERY -> as.post(path + "?" + form(parameters), "");
      case FORM -> as.with("Content-Type", FORM).post(path, form(parameters));
      case MULTIPART ->
          as.with("Content-Type", MULTIPART)
              .post(
                  path,
                  parameters.entrySet().stream()
                      .map(it -> part(it.getKey(), it.getValue()))
                      .collect(Collectors.joining("", "", "--xYz--\r\n")));
      case JSON -> as.post(path, json(parameters));
    };
  }

  private static String form(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static String part(String name, String value) {
    return "--xYz\r\nContent-Disposition: form-data; name=\""
        + name
        + "\"\r\n\r\n"
        + value
        + "\r\n";
  }

  private static String json(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(it -> "\"" + it.getKey() + "\":" + jsonValue(it.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String jsonValue(String value) {
    return value.startsWith("{") ? value : "\"" + value + "\"";
  }
}
