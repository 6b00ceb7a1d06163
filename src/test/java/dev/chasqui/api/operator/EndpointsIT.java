package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.model.Endpoint;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Lane;
import dev.chasqui.operations.EndpointHealths;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Endpoints over HTTP and a real store.
class EndpointsIT {

  private static final String ROOT = "/api/v1/endpoints";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void anEndpointIsCreatedWithASecretThatIsToldOnce() {
    Answered made = operator.admin.post(ROOT, operator.endpoint(""));
    assertThat(made.status()).isEqualTo(201);
    String secret = text(made.json(), "secret");
    String id = text(made.json(), "id");
    assertThat(secret).matches("whsec_[A-Za-z0-9+/]{43}=");
    assertThat(made.header("Location")).isEqualTo(ROOT + "/" + id);
    assertThat(operator.admin.get(ROOT + "/" + id).text()).doesNotContain(secret);
    assertThat(stored(id).access().secrets()).containsExactly(secret);
    assertThat(operator.engines.changes).hasValue(1);
  }

  @Test
  void theDialectsDefaultsAreFilledIn() {
    JsonNode policy = operator.admin.get(ROOT + "/" + operator.created("")).json().path("policy");
    assertThat(text(policy, "deadline")).isEqualTo("PT15S");
    assertThat(text(policy, "success")).isEqualTo("2xx");
    assertThat(policy.path("schedule").get(0).stringValue()).isEqualTo("PT5S");
  }

  @Test
  void whatIsGivenIsTakenAndTold() {
    String id =
        operator.created(
            ",\"scope\":{\"wabaId\":\"102\"},\"subscriptions\":[\"message.received\"],"
                + "\"filters\":{\"fields\":[\"messages\"],\"directions\":[\"inbound\"]},"
                + "\"headers\":{\"X-Team\":\"blue\"},"
                + "\"policy\":{\"deadline\":\"PT2S\",\"schedule\":[\"PT1S\"],\"jitter\":0.5,"
                + "\"maxInFlight\":3,\"ratePerSecond\":2.5,\"ordering\":\"none\","
                + "\"success\":\"200,204\",\"cancelOn\":[\"4xx\",\"!429\"]}");
    JsonNode told = operator.admin.get(ROOT + "/" + id).json();
    assertThat(text(told.path("scope"), "wabaId")).isEqualTo("102");
    assertThat(told.path("headers").toString()).isEqualTo("{\"X-Team\":\"***\"}");
    assertThat(told.path("policy").toString())
        .contains(
            "\"deadline\":\"PT2S\",\"schedule\":[\"PT1S\"],\"jitter\":0.5",
            "\"maxInFlight\":3,\"ratePerSecond\":2.5,\"ordering\":\"none\"",
            "\"success\":\"200,204\",\"cancelOn\":[\"4xx\",\"!429\"]");
    assertThat(stored(id).access().headers()).containsEntry("X-Team", "blue");
  }

  @Test
  void allFaultsOfABodyAreToldAtOnce() {
    Answered answered =
        operator.admin.post(
            ROOT,
            "{\"name\":\"\",\"dialect\":\"standard\",\"url\":\"http://10.0.0.1/in\",\"color\":1,"
                + "\"scope\":{\"wabaId\":\"abc\",\"team\":2},\"secret\":\"short\","
                + "\"filters\":{\"directions\":[\"up\"],\"fields\":[7]},"
                + "\"headers\":{\"Content-Length\":\"1\",\"X-A\":\"line\\nbreak\"},"
                + "\"policy\":{\"deadline\":\"PT1H\",\"schedule\":[\"PT1S\",\"soon\"],"
                + "\"jitter\":2,\"ordering\":\"sometimes\",\"success\":\"fine\","
                + "\"cancelOn\":[\"4x\"]}}");
    assertThat(answered.status()).isEqualTo(400);
    assertThat(paths(answered))
        .containsExactlyInAnyOrder(
            "name",
            "url",
            "color",
            "scope.wabaId",
            "scope.team",
            "secret",
            "filters.directions",
            "filters.fields[0]",
            "headers.Content-Length",
            "headers.X-A",
            "policy.deadline",
            "policy.schedule[1]",
            "policy.jitter",
            "policy.ordering",
            "policy.success",
            "policy.cancelOn[0]");
    assertThat(operator.store.resources().endpoints()).isEmpty();
  }

  @Test
  void aDialectThatNobodySpeaksIsRefused() {
    Answered answered =
        operator.admin.post(ROOT, operator.endpoint("").replace("standard", "telex"));
    assertThat(paths(answered)).containsExactly("dialect");
    assertThat(answered.text()).contains("must be meta, turn, exotel or standard");
  }

  @Test
  void whatIsNoJsonObjectIsAProblem() {
    assertThat(operator.admin.post(ROOT, "{\"name\":").status()).isEqualTo(400);
    assertThat(operator.admin.post(ROOT, "[]").status()).isEqualTo(400);
    assertThat(operator.admin.post(ROOT, "").header("Content-Type"))
        .isEqualTo("application/problem+json");
  }

  @Test
  void aPatchChangesItsMembersAndNothingElse() {
    String id = operator.created(",\"headers\":{\"X-Team\":\"blue\"},\"policy\":{\"jitter\":0.5}");
    Answered patched =
        operator.admin.send(
            "PATCH",
            ROOT + "/" + id,
            "{\"name\":\"helpdesk\",\"policy\":{\"maxInFlight\":7,\"jitter\":null}}");
    assertThat(patched.status()).isEqualTo(200);
    Endpoint endpoint = stored(id);
    assertThat(endpoint.identity().name()).isEqualTo("helpdesk");
    assertThat(endpoint.policy().maxInFlight()).isEqualTo(7);
    assertThat(endpoint.policy().retry().jitter()).isNotEqualTo(0.5);
    assertThat(endpoint.access().headers()).containsEntry("X-Team", "blue");
    assertThat(endpoint.access().secrets()).hasSize(1);
  }

  @Test
  void aPatchIsCheckedAsAWhole() {
    String id = operator.created("");
    Answered answered =
        operator.admin.send(
            "PATCH", ROOT + "/" + id, "{\"dialect\":\"meta\",\"secret\":\"whsec_x\"}");
    assertThat(paths(answered)).containsExactly("dialect", "secret");
    Answered unknown = operator.admin.send("PATCH", ROOT + "/" + id, "{\"urll\":\"x\"}");
    assertThat(paths(unknown)).containsExactly("urll");
    Answered url =
        operator.admin.send("PATCH", ROOT + "/" + id, "{\"url\":\"http://169.254.169.254/\"}");
    assertThat(paths(url)).containsExactly("url");
  }

  @Test
  void pausedAndResumedItTellsItsState() {
    String id = operator.created("");
    assertThat(text(operator.admin.post(ROOT + "/" + id + "/pause", "").json(), "state"))
        .isEqualTo("paused");
    assertThat(stored(id).identity().switched()).isEqualTo(Endpoint.Switch.PAUSED);
    assertThat(text(operator.admin.post(ROOT + "/" + id + "/resume", "").json(), "state"))
        .isEqualTo("healthy");
  }

  @Test
  void healthAndLaneAreTold() {
    String id = operator.created("");
    operator.engines.healths.put(
        EndpointId.parse(id),
        new EndpointHealths.Health("failing", Lane.LOW, 1_200L, "answered in 1 s or more"));
    JsonNode told = operator.admin.get(ROOT + "/" + id).json();
    assertThat(text(told, "state")).isEqualTo("failing");
    assertThat(text(told, "lane")).isEqualTo("low");
    assertThat(told.path("lastSampleMillis").longValue()).isEqualTo(1_200);
    assertThat(told.path("laneReason").stringValue()).isEqualTo("answered in 1 s or more");
    assertThat(told.path("backlog").longValue()).isZero();
    assertThat(told.path("oldestDueSeconds").isNull()).isTrue();
  }

  @Test
  void aTestIsSentAtOnceAndItsOutcomeTold() {
    String id = operator.created("");
    JsonNode good = operator.admin.post(ROOT + "/" + id + "/test", "").json();
    assertThat(good.path("delivered").booleanValue()).isTrue();
    assertThat(text(good, "responseBody")).isEqualTo("thanks");
    operator.engines.receiverStatus = 503;
    JsonNode bad = operator.admin.post(ROOT + "/" + id + "/test", "").json();
    assertThat(bad.path("delivered").booleanValue()).isFalse();
    assertThat(bad.path("status").intValue()).isEqualTo(503);
    assertThat(operator.engines.received).hasSize(2);
  }

  @Test
  void aTestTellsWhatMakesA2xxASuccess() {
    String id = operator.created(",\"policy\":{\"success\":\"200\"}");
    operator.engines.receiverStatus = 202;
    JsonNode refused = operator.admin.post(ROOT + "/" + id + "/test", "").json();
    assertThat(refused.path("delivered").booleanValue()).isFalse();
    assertThat(text(refused, "hint"))
        .contains("counts 200 alone")
        .contains("PATCH /api/v1/endpoints/" + id + " {\"policy\":{\"success\":\"2xx\"}}");
    operator.engines.receiverStatus = 200;
    JsonNode good = operator.admin.post(ROOT + "/" + id + "/test", "").json();
    assertThat(good.path("hint").isNull()).isTrue();
  }

  @Test
  void aRotatedSecretIsValidBesideTheNewOneUntilTheOverlapEnds() {
    String id = operator.created("");
    String former = stored(id).access().secrets().getFirst();
    Answered rotated =
        operator.admin.post(ROOT + "/" + id + "/rotate-secret", "{\"overlap\":\"PT1H\"}");
    String secret = text(rotated.json(), "secret");
    assertThat(text(rotated.json(), "formerValidUntil")).isEqualTo("2026-05-04T11:00:00Z");
    assertThat(stored(id).access().secrets()).containsExactly(secret, former);
    operator.clock.move(Duration.ofMinutes(59));
    assertThat(operator.api.rotation().expire()).isFalse();
    operator.clock.move(Duration.ofMinutes(2));
    assertThat(operator.api.rotation().expire()).isTrue();
    assertThat(stored(id).access().secrets()).containsExactly(secret);
  }

  @Test
  void rotatedTwiceThereAreTwoSecretsAndWithoutOverlapOne() {
    String id = operator.created("");
    String path = ROOT + "/" + id + "/rotate-secret";
    operator.admin.post(path, "");
    String second = stored(id).access().secrets().getFirst();
    String third = text(operator.admin.post(path, "").json(), "secret");
    assertThat(stored(id).access().secrets()).containsExactly(third, second);
    String last = text(operator.admin.post(path, "{\"overlap\":\"PT0S\"}").json(), "secret");
    assertThat(stored(id).access().secrets()).containsExactly(last);
    assertThat(paths(operator.admin.post(path, "{\"secret\":\"x\",\"overlap\":\"P99D\"}")))
        .containsExactlyInAnyOrder("secret", "overlap");
  }

  @Test
  void aDeletedEndpointIsGone() {
    String id = operator.created("");
    assertThat(operator.admin.delete(ROOT + "/" + id).status()).isEqualTo(204);
    assertThat(operator.admin.get(ROOT + "/" + id).status()).isEqualTo(404);
    assertThat(operator.admin.delete(ROOT + "/" + id).status()).isEqualTo(404);
    assertThat(operator.admin.get(ROOT).json().path("data")).isEmpty();
  }

  @Test
  void listsComeInPages() {
    List<String> ids = List.of(operator.created(""), operator.created(""), operator.created(""));
    JsonNode first = operator.admin.get(ROOT + "?limit=2").json();
    assertThat(first.path("data")).hasSize(2);
    JsonNode rest =
        operator.admin.get(ROOT + "?limit=2&cursor=" + text(first, "nextCursor")).json();
    assertThat(rest.path("data")).hasSize(1);
    assertThat(rest.path("nextCursor").isNull()).isTrue();
    assertThat(ids).contains(text(rest.path("data").get(0), "id"));
    assertThat(operator.admin.get(ROOT + "?limit=201").status()).isEqualTo(400);
    assertThat(operator.admin.get(ROOT + "?limit=0").status()).isEqualTo(400);
    assertThat(operator.admin.get(ROOT + "?limit=many").status()).isEqualTo(400);
  }

  private Endpoint stored(String id) {
    return operator.store.resources().endpoint(EndpointId.parse(id)).orElseThrow();
  }
}
