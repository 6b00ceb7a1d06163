package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.EndpointId;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What holds for each call of the interface.
class OperatorRulesIT {

  @TempDir Path folder;
  private Operator operator;
  private Rows rows;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
    rows = new Rows(operator);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  private Stream<Served> all() {
    return operator.api.operations().stream();
  }

  private static String path(Served operation) {
    return operation.pattern().replaceAll("\\{[a-zA-Z]+}", "x");
  }

  @Test
  void aQueryParameterThatNobodyReadsIsRefusedEverywhere() {
    all()
        .forEach(
            it -> {
              Answered refused =
                  operator.admin.send(it.method(), path(it) + "?workspace=default&nonsense=1", "");
              String call = it.method() + " " + it.pattern();
              assertThat(refused.status()).as(call).isEqualTo(400);
              assertThat(paths(refused)).as(call).containsExactly("nonsense");
              assertThat(refused.text()).as(call).contains("is not known; known are ");
            });
  }

  @Test
  void aQueryParameterThatIsGivenTwiceIsRefused() {
    Answered refused = operator.admin.get("/api/v1/deliveries?state=dead&state=pending");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("\"path\":\"state\"", "is given twice");
  }

  @Test
  void aMemberThatNobodyReadsIsRefusedWhereNoBodyIsNeeded() {
    String endpoint = "/api/v1/endpoints/" + operator.created("");
    for (String path :
        List.of(
            endpoint + "/pause",
            endpoint + "/resume",
            endpoint + "/test",
            "/api/v1/secrets/webhook-signing-secret/reverify",
            "/internal/webhooks/" + rows.event(1) + "/replay")) {
      Answered refused = operator.admin.post(path, "{\"until\":\"now\"}");
      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(paths(refused)).as(path).containsExactly("until");
    }
  }

  /// All calls that change something, but for the sample that an explanation is asked for: that is
  /// a platform's envelope, of which unknown members are passed on.
  @Test
  void aMemberThatNobodyReadsIsRefusedEverywhere() {
    String endpoint = operator.created("");
    String event = rows.event(1).toString();
    rows.dead(1, "gone");
    operator.admin.put("/api/v1/phone-numbers/88", "{\"wabaId\":\"77\"}");
    operator.admin.put(
        "/api/v1/phone-numbers/88/fallback", "{\"url\":\"" + operator.receiver() + "\"}");
    operator.admin.put("/api/v1/alert-webhook", "{\"url\":\"" + operator.receiver() + "\"}");
    List<String> taken =
        all()
            .filter(it -> !it.method().equals("GET") && !it.method().equals("DELETE"))
            .filter(it -> !it.pattern().endsWith("/explain"))
            .map(it -> it.method() + " " + known(it.pattern(), endpoint, event))
            .filter(call -> !isRefused(call))
            .toList();
    assertThat(taken).isEmpty();
  }

  private static String known(String pattern, String endpoint, String event) {
    return pattern
        .replace("/endpoints/{id}", "/endpoints/" + endpoint)
        .replace("/webhooks/{id}", "/webhooks/" + event)
        .replace("/jobs/{id}", "/jobs/" + event)
        .replace("/deliveries/{id}", "/deliveries/" + Rows.deliveryId(1))
        .replace("/phone-numbers/{id}", "/phone-numbers/88")
        .replace("/wabas/{id}", "/wabas/77")
        .replace("{name}", "webhook-signing-secret")
        .replace("{waId}", "15551234567")
        .replace("{id}", "x");
  }

  private boolean isRefused(String call) {
    String[] parts = call.split(" ", -1);
    Answered answer = operator.admin.send(parts[0], parts[1], "{\"nonsense\":1}");
    return answer.status() == 400 && paths(answer).contains("nonsense");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-999999999-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-0001-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "1600-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z"
      })
  void aTimeOfAnyYearIsRefusedOrRight(String time) {
    rows.event(1);
    int expected = time.startsWith("0000") || time.matches("[1-9].*") ? 200 : 400;
    all()
        .filter(it -> it.query().contains("since") || it.query().contains("until"))
        // A chart has a name, and its time a bound: SeriesIT.
        .filter(it -> !it.pattern().equals("/api/v1/series"))
        .flatMap(it -> it.query().stream().map(name -> it.method() + " " + path(it) + "?" + name))
        .filter(it -> it.endsWith("since") || it.endsWith("until"))
        .map(it -> it.replace("/x/", "/webhook-signing-secret/"))
        .forEach(
            call -> {
              String[] parts = call.split(" ", -1);
              String query = parts[1] + "=" + time.replace("+", "%2B");
              Answered answer = operator.admin.send(parts[0], query, "");
              assertThat(answer.status()).as(query + answer.text()).isEqualTo(expected);
            });
    String events = "/api/v1/events?since=" + time.replace("+", "%2B");
    boolean isBefore = time.startsWith("0000") || time.startsWith("1600");
    Answered listed = operator.admin.get(events);
    if (listed.status() == 200) {
      assertThat(listed.json().path("data")).hasSize(isBefore ? 1 : 0);
    }
  }

  @Test
  void withoutATokenNobodyLearnsWhatIsThere() {
    Answered[] answers = {
      operator.nobody.get("/api/v1/nothing"),
      operator.nobody.get("/nothing/at/all"),
      operator.nobody.send("PATCH", "/api/v1/events", ""),
      operator.nobody.as("wrong").get("/api/v1/nothing")
    };
    for (Answered answer : answers) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
      assertThat(answer.response().headers().firstValue("Allow")).isEmpty();
    }
    assertThat(operator.admin.get("/api/v1/nothing").status()).isEqualTo(404);
    assertThat(operator.admin.send("PATCH", "/api/v1/events", "").status()).isEqualTo(405);
  }

  @Test
  void noAnswerIsKeptOrTakenForSomethingElse() {
    Answered[] answers = {
      operator.admin.get("/api/v1/stats"),
      operator.admin.get("/api/v1/events/" + rows.event(1) + "/raw"),
      operator.admin.get("/api/v1/events?nonsense=1"),
      operator.admin.get("/api/v1/nothing"),
      operator.admin.send("PATCH", "/api/v1/events", ""),
      operator.admin.post("/api/v1/tokens", "{"),
      operator.nobody.get("/api/v1/stats"),
      operator.nobody.get("/nothing")
    };
    for (Answered answer : answers) {
      String said = answer.status() + answer.text();
      assertThat(answer.header("X-Content-Type-Options")).as(said).isEqualTo("nosniff");
      assertThat(answer.header("Cache-Control")).as(said).isEqualTo("no-store");
    }
  }

  @Test
  void aViewerDoesNotReadWhatPeopleWrote() {
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    String event = "/api/v1/events/" + rows.event(1);
    for (String path : List.of(event + "/raw", event + "/envelope")) {
      assertThat(viewer.get(path).status()).as(path).isEqualTo(403);
      assertThat(operator.admin.get(path).status()).as(path).isEqualTo(200);
    }
    String internal = event.replace("/api/v1/events", "/internal/webhooks");
    for (String path : List.of(event, internal)) {
      assertThat(viewer.get(path).text()).as(path).contains("\"headers\":null");
      assertThat(operator.admin.get(path).text()).as(path).contains("X-Hub-Signature-256");
    }
    assertThat(viewer.get(event).json().path("query").isNull()).isTrue();
  }

  @Test
  void aViewerDoesNotReadWhatReceiversAnswered() {
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    EndpointId endpoint = EndpointId.parse(operator.created(""));
    String event = "/api/v1/events/" + rows.owed(1, endpoint);
    rows.dead(1, "schedule_exhausted");
    String one = "/api/v1/deliveries/" + Rows.deliveryId(1);
    for (String path : List.of("/api/v1/deliveries", "/api/v1/dead-letters", one, event)) {
      assertThat(viewer.get(path).text()).as(path).contains("\"responseBody\":null", "HTTP 500");
      assertThat(operator.admin.get(path).text()).as(path).contains("sorry");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"51900000001", "+51900000001", "%2B51%20(900)%20000-001", "51.900.000.001"})
  void aContactIsFoundByItsNumberAsPeopleWriteIt(String written) {
    var _ =
        operator
            .store
            .contacts()
            .setFallback(Operator.DEFAULT, "51900000001", true, operator.clock.instant());
    Answered found = operator.admin.get("/api/v1/contacts/" + written);
    assertThat(found.status()).isEqualTo(200);
    assertThat(Operator.text(found.json(), "waId")).isEqualTo("51900000001");
    String body = "{\"isFallbackChannelActive\":false}";
    assertThat(operator.admin.send("PATCH", "/api/v1/contacts/" + written, body).status())
        .isEqualTo(200);
  }

  @Test
  void aCursorThatNoListGaveIsRefused() {
    all()
        .filter(it -> it.query().contains("cursor"))
        .filter(it -> !it.pattern().contains("{"))
        .forEach(
            it -> {
              Answered answer = operator.admin.get(path(it) + "?cursor=zzz");
              assertThat(answer.status()).as(it.pattern() + answer.text()).isIn(200, 400);
            });
    assertThat(operator.admin.get("/internal/webhooks?cursor=zzz").status()).isEqualTo(400);
  }
}
