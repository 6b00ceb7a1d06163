package dev.chasqui.api.graph;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.api.Playground;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.store.ResourceStore.App;
import dev.chasqui.store.ResourceStore.Subscription;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which fields a callback was subscribed to, which ids a call takes, and what is known of a number
/// that no webhook has named.
class SubscriptionFieldsIT {

  private static final String SUCCESS = "{\"success\":true}";
  private static final String OBJECT = "whatsapp_business_account";

  private final Graph graph = new Graph();
  private final String apps = "/v21.0/" + Graph.WABA + "/subscribed_apps";
  private final String number = "/v21.0/" + Graph.NUMBER;
  private final String subscriptions = "/v24.0/" + Graph.APP + "/subscriptions";

  @AfterEach
  void close() {
    graph.close();
  }

  @Test
  void theFieldsOfTheApplicationAreKeptAndTold() {
    subscribe("messages,calls");
    assertThat(application().interest().fields()).containsExactlyInAnyOrder("messages", "calls");
    assertThat(graph.admin.get(subscriptions).text())
        .contains(
            "\"fields\":[{\"name\":\"calls\",\"version\":\"v24.0\"},"
                + "{\"name\":\"messages\",\"version\":\"v24.0\"}]");
  }

  @Test
  void fieldsMayBeAList() {
    String body =
        "{\"object\":\"%s\",\"callback_url\":\"%s\",\"verify_token\":\"%s\",\"fields\":[\"flows\"]}"
            .formatted(OBJECT, graph.playground.good("app"), Playground.TOKEN);
    assertThat(graph.admin.post(subscriptions, body).text()).isEqualTo(SUCCESS);
    assertThat(application().interest().fields()).containsExactly("flows");
  }

  @Test
  void anySuccessOfACallbackCounts() {
    subscribe("messages");
    assertThat(application().policy().verdicts().success().contains(202)).isTrue();
  }

  @Test
  void allFieldsAreToldByTheirNames() {
    subscribe("");
    assertThat(application().interest()).isEqualTo(Endpoint.Interest.ALL);
    assertThat(graph.admin.get(subscriptions).text())
        .contains("{\"name\":\"messages\",\"version\":\"v24.0\"}", "account_update");
  }

  @Test
  void whatIsNoFieldsNameIsRefused() {
    Answered answered =
        graph.admin.post(
            subscriptions + "?fields=Mess%20ages&object=" + OBJECT + "&callback_url=x", "");
    assertThat(Graph.refusal(answered)).isEqualTo("400 100 OAuthException");
  }

  @Test
  void deletingAnotherObjectChangesNothing() {
    subscribe("messages");
    assertThat(graph.admin.delete(subscriptions + "?object=page").text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(subscriptions).text()).contains("messages");
  }

  @Test
  void deletingWithAParameterThatIsNotKnownChangesNothing() {
    subscribe("messages");
    Answered answered = graph.admin.delete(subscriptions + "?objekt=page");
    assertThat(Graph.refusal(answered)).isEqualTo("400 100 OAuthException");
    assertThat(Graph.message(answered)).contains("objekt is not known");
    assertThat(graph.admin.get(subscriptions).text()).contains("messages");
  }

  @Test
  void deletingAFieldTakesOffThatAlone() {
    subscribe("messages,calls");
    String path = subscriptions + "?object=" + OBJECT + "&fields=";
    assertThat(graph.admin.delete(path + "calls").text()).isEqualTo(SUCCESS);
    assertThat(application().interest().fields()).containsExactly("messages");
    assertThat(graph.admin.delete(path + "messages").text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(subscriptions).text()).isEqualTo("{\"data\":[]}");
  }

  @Test
  void deletingAFieldOfAllLeavesTheOthers() {
    subscribe("");
    graph.admin.delete(subscriptions + "?fields=calls");
    assertThat(application().interest().fields()).contains("messages").doesNotContain("calls");
  }

  @Test
  void deletingTheObjectOrNamingNoneEndsTheSubscription() {
    subscribe("messages");
    graph.admin.delete(subscriptions + "?object=" + OBJECT);
    assertThat(graph.admin.get(subscriptions).text()).isEqualTo("{\"data\":[]}");
  }

  @Test
  void anOverridesFieldsAreTheOverrides() {
    graph.admin.post(apps, "");
    String override = graph.override(graph.playground.good("one"));
    String body = override.replace("{", "{\"subscribed_fields\":[\"messages\"],");
    assertThat(graph.admin.post(apps, body).text()).isEqualTo(SUCCESS);
    Endpoint endpoint =
        graph
            .resources
            .endpoint(Callbacks.id(Callbacks.waba(WorkspaceId.DEFAULT, Graph.WABA)))
            .orElseThrow();
    assertThat(endpoint.interest().fields()).containsExactly("messages");
    assertThat(graph.admin.get(apps).text())
        .contains("\"subscribed_fields\":[{\"name\":\"messages\",\"version\":\"v21.0\"}]");
  }

  @Test
  void theFieldsOfABareSubscriptionAreTheAccounts() {
    graph.admin.post(apps, "{\"subscribed_fields\":\"messages,calls\"}");
    assertThat(graph.resources.wabas().getFirst().fields()).isEqualTo(Set.of("messages", "calls"));
    assertThat(graph.admin.get(apps).text()).contains("{\"name\":\"calls\"");
    graph.admin.post(apps, "");
    assertThat(graph.resources.wabas().getFirst().fields()).isEmpty();
  }

  @Test
  void aNumbersIdIsNoAccounts() {
    graph.know(Graph.NUMBER, Graph.WABA);
    for (String body : new String[] {"", graph.override(graph.playground.good("x"))}) {
      Answered answered = graph.admin.post(number + "/subscribed_apps", body);
      assertThat(Graph.refusal(answered)).isEqualTo("400 100 GraphMethodException");
      assertThat(Graph.message(answered)).contains("phone number", "WhatsApp Business Account");
    }
    assertThat(graph.resources.wabas()).isEmpty();
  }

  @Test
  void anAccountsIdIsNoNumbersAndNoApplications() {
    graph.admin.post(apps, "");
    String waba = "/v21.0/" + Graph.WABA;
    String configuration = graph.configuration(graph.playground.good("x"));
    assertThat(Graph.message(graph.admin.post(waba, configuration))).contains("phone number");
    assertThat(Graph.message(graph.admin.get(waba + "/subscriptions"))).contains("application");
    String text = "{\"messaging_product\":\"whatsapp\",\"to\":\"1\"}";
    String token = graph.token("api", null);
    assertThat(Graph.message(graph.nobody.as(token).post(waba + "/messages", text)))
        .contains("phone number");
    assertThat(graph.messages.sent).isEmpty();
  }

  @Test
  void aNumberThatNoWebhookNamedIsOverriddenOnceAnAccountIsSubscribed() {
    String url = graph.playground.good("one");
    assertThat(graph.admin.post(number, graph.configuration(url)).status()).isEqualTo(404);
    graph.admin.post(apps, "");
    assertThat(graph.admin.post(number, graph.configuration(url)).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(number + "?fields=webhook_configuration").text())
        .isEqualTo(
            "{\"webhook_configuration\":{\"phone_number\":\"%s\"},\"id\":\"%s\"}"
                .formatted(url, Graph.NUMBER));
    assertThat(graph.resources.phoneNumbers()).isEmpty();
    assertThat(graph.admin.post(number, graph.configuration("")).text()).isEqualTo(SUCCESS);
    assertThat(graph.admin.get(number).status()).isEqualTo(404);
  }

  @Test
  void theApplicationsNameIsTold() {
    graph.resources.putApp(new App(WorkspaceId.DEFAULT, Graph.APP, "Clinic"));
    subscribe("messages");
    graph.admin.post(apps, "");
    assertThat(graph.admin.get(apps).text()).contains("\"name\":\"Clinic\"");
  }

  @Test
  void aVerifyTokenHasNoMaximumOfItsOwn() throws IOException {
    HttpServer callback = HttpServer.create();
    callback.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    callback.createContext(
        "/",
        exchange -> {
          String query = exchange.getRequestURI().getRawQuery();
          String challenge = query.replaceFirst(".*hub.challenge=([0-9]+).*", "$1");
          byte[] answer = challenge.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    callback.start();
    try {
      graph.know(WorkspaceId.DEFAULT, Graph.WABA, Subscription.SUBSCRIBED);
      String url = "http://127.0.0.1:" + callback.getAddress().getPort() + "/";
      String body = "{\"override_callback_uri\":\"%s\",\"verify_token\":\"%s\"}";
      assertThat(graph.admin.post(apps, body.formatted(url, "v".repeat(70_000))).text())
          .isEqualTo(SUCCESS);
      String tooLong = body.formatted(url, "%".repeat(400_000));
      assertThat(Graph.message(graph.admin.post(apps, tooLong))).contains("verify_token");
    } finally {
      callback.stop(0);
    }
  }

  private void subscribe(String fields) {
    String query =
        "?object=%s&callback_url=%s&verify_token=my+voice+is%%2Bmy+passport%%3F"
            .formatted(OBJECT, graph.playground.good("app"));
    String more = fields.isEmpty() ? "" : "&fields=" + fields;
    assertThat(graph.admin.post(subscriptions + query + more, "").text()).isEqualTo(SUCCESS);
  }

  private Endpoint application() {
    return graph
        .resources
        .endpoint(Callbacks.id(Callbacks.application(WorkspaceId.DEFAULT)))
        .orElseThrow();
  }
}
