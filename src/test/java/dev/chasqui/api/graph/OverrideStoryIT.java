package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The examples of Meta's page on overrides, one after the other, as a client sees them.
class OverrideStoryIT {

  private static final String SUCCESS = "{\"success\":true}";

  private final Graph graph = new Graph();

  private final String apps = "/v21.0/" + Graph.WABA + "/subscribed_apps";
  private final String number = "/v17.0/" + Graph.NUMBER;

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void anOverrideIsSetToldAndTakenAway() {
    String waba = graph.playground.good("waba");
    assertThat(graph.admin.post(apps, "").text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.post(apps, graph.override(waba)).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(apps).text())
        .isEqualTo(
            "{\"data\":[{\"whatsapp_business_api_data\":{\"id\":\"0\","
                + "\"link\":\"https://www.facebook.com/games/?app_id=0\",\"name\":\"Chasqui\"},"
                + "\"override_callback_uri\":\""
                + waba
                + "\"}]}");
    assertThat(graph.admin.post(apps, "").text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(apps).text()).doesNotContain("override_callback_uri");
  }

  @Test
  void aPhoneNumberTellsTheWholeChainExactlyAsFarAsItIsSet() {
    graph.know(Graph.NUMBER, Graph.WABA);
    graph.admin.post(apps, "");
    assertThat(configuration()).isEqualTo("{\"webhook_configuration\":{},\"id\":\"" + id() + "\"}");

    String application = graph.playground.good("application");
    String waba = graph.playground.good("waba");
    String own = graph.playground.good("phone");
    subscribe(application);
    assertThat(graph.admin.post(number, graph.configuration(own)).text()).isEqualTo(SUCCESS);
    assertThat(configuration())
        .isEqualTo(
            "{\"webhook_configuration\":{\"phone_number\":\"%s\",\"application\":\"%s\"},\"id\":\"%s\"}"
                .formatted(own, application, id()));

    graph.admin.post(apps, graph.override(waba));
    assertThat(configuration())
        .isEqualTo(
            ("{\"webhook_configuration\":{\"phone_number\":\"%s\","
                    + "\"whatsapp_business_account\":\"%s\",\"application\":\"%s\"},\"id\":\"%s\"}")
                .formatted(own, waba, application, id()));

    assertThat(graph.admin.post(number, clearing()).text()).isEqualTo(SUCCESS);
    assertThat(configuration()).doesNotContain("phone_number\":");
  }

  @Test
  void anotherUrlKeepsTheEndpointSoThatWhatIsOwedFollows() {
    graph.admin.post(apps, "");
    graph.admin.post(apps, graph.override(graph.playground.good("one")));
    graph.admin.post(apps, graph.override(graph.playground.good("two")));
    assertThat(graph.resources.endpoints()).hasSize(1);
    Endpoint endpoint = graph.resources.endpoints().getFirst();
    assertThat(endpoint.url()).isEqualTo(URI.create(graph.playground.good("two")));
    assertThat(endpoint.role()).isEqualTo(Endpoint.Role.WABA_CALLBACK);
    assertThat(endpoint.scope().wabaId()).isEqualTo(Graph.WABA);
  }

  @Test
  void unsubscribingRemovesTheOverrideAndKeepsItsEndpoint() {
    graph.admin.post(apps, "");
    graph.admin.post(apps, graph.override(graph.playground.good("one")));
    assertThat(graph.admin.delete(apps).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(apps).text()).isEqualTo("{\"data\":[]}");
    EndpointId id = Callbacks.id(Callbacks.waba(WorkspaceId.DEFAULT, Graph.WABA));
    assertThat(graph.resources.endpoint(id))
        .hasValueSatisfying(
            it -> assertThat(it.identity().switched()).isEqualTo(Endpoint.Switch.REMOVED));
    graph.admin.post(apps, "");
    assertThat(graph.admin.get(apps).text()).doesNotContain("override_callback_uri");
  }

  @Test
  void everyChangeIsToldBeforeItIsAnswered() {
    graph.admin.post(apps, "");
    assertThat(graph.changes).hasValue(1);
    graph.admin.post(apps, graph.override(graph.playground.good("one")));
    assertThat(graph.changes).hasValue(2);
    graph.admin.delete(apps);
    assertThat(graph.changes).hasValue(3);
  }

  @Test
  void theApplicationsCallbackIsSetByAFormToldAndRemoved() {
    String callback = graph.playground.good("application");
    subscribe(callback);
    String path = "/" + Graph.APP + "/subscriptions";
    assertThat(graph.admin.get(path).text())
        .isEqualTo(
            "{\"data\":[{\"object\":\"whatsapp_business_account\",\"callback_url\":\""
                + callback
                + "\",\"active\":true,\"fields\":[{\"name\":\"messages\",\"version\":\"v24.0\"}]}]}");
    graph.admin.post(apps, "");
    assertThat(graph.admin.get(apps).text()).contains("\"id\":\"" + Graph.APP + "\"");
    assertThat(graph.admin.delete("/v25.0" + path).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(path).text()).isEqualTo("{\"data\":[]}");
  }

  /// No URL has half of a surrogate pair, and no store could hold it.
  @Test
  void halfACharacterInAUrlIsRefused() {
    graph.know(Graph.NUMBER, Graph.WABA);
    graph.admin.post(apps, "");
    String half = graph.playground.good("half") + "\\ud800";
    for (Answered refused :
        List.of(
            graph.admin.post(apps, graph.override(half)),
            graph.admin.post(number, graph.configuration(half)),
            graph.admin.post(
                "/v21.0/" + Graph.APP + "/subscriptions",
                "{\"object\":\"whatsapp_business_account\",\"fields\":\"messages\","
                    + "\"verify_token\":\"t\",\"callback_url\":\"%s\"}".formatted(half)))) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(400);
      assertThat(refused.json().path("error").path("code").asInt()).isIn(100, 2200);
    }
    assertThat(graph.admin.get(apps).text()).doesNotContain("override_callback_uri");
  }

  private void subscribe(String callback) {
    String form =
        "object=whatsapp_business_account&fields=messages&callback_url="
            + callback
            + "&verify_token=my+voice+is%2Bmy+passport%3F";
    assertThat(
            graph
                .admin
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/" + Graph.APP + "/subscriptions", form)
                .text())
        .isEqualTo(SUCCESS);
  }

  private String configuration() {
    return graph.admin.get(number + "?fields=webhook_configuration").text();
  }

  private static String id() {
    return Graph.NUMBER;
  }

  private static String clearing() {
    return "{\"webhook_configuration\":{\"override_callback_uri\":\"\"}}";
  }
}
