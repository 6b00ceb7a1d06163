package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.api.Playground;
import dev.chasqui.operations.Callbacks;
import dev.chasqui.operations.Secrets;
import dev.chasqui.store.ResourceStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Secrets, the application, accounts, numbers and the interface's own description.
class SettingsIT {

  private static final String SIGNING = "/api/v1/secrets/webhook-signing-secret";

  @TempDir Path folder;
  private Operator operator;

  @BeforeEach
  void open() {
    operator = new Operator(folder, Map.of(Secrets.VERIFY_TOKEN, "from-the-environment"));
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void aSecretIsToldMaskedWithItsOriginAndTimes() {
    assertThat(operator.admin.put(SIGNING, "{\"value\":\"0123456789abcdef\"}").status())
        .isEqualTo(204);
    operator.clock.move(Duration.ofMinutes(5));
    operator.admin.put(SIGNING + "?overlap=PT2H", "{\"value\":\"fedcba9876543210\"}");
    assertThat(operator.admin.get("/api/v1/secrets").text())
        .isEqualTo(
            "{\"data\":["
                + "{\"name\":\"meta-verify-token\",\"tail\":\"…ment\",\"origin\":\"environment\","
                + "\"since\":null,\"previousValidUntil\":null},"
                + "{\"name\":\"webhook-signing-secret\",\"tail\":\"…3210\",\"origin\":\"stored\","
                + "\"since\":\"2026-05-04T10:05:00Z\","
                + "\"previousValidUntil\":\"2026-05-04T12:05:00Z\"},"
                + "{\"name\":\"meta-access-token\",\"tail\":null,\"origin\":null,\"since\":null,"
                + "\"previousValidUntil\":null}],\"nextCursor\":null}");
    assertThat(operator.engines.changes).hasValue(2);
  }

  @Test
  void theEnvironmentsValueStaysValidForTheOverlapOfTheFirstRotation() {
    String path = "/api/v1/secrets/meta-verify-token";
    assertThat(operator.admin.put(path, "{\"value\":\"a-new-one-for-all\"}").status())
        .isEqualTo(204);
    assertThat(operator.store.resources().secrets())
        .extracting(ResourceStore.Secret::value, ResourceStore.Secret::until)
        .containsExactlyInAnyOrder(
            tuple("a-new-one-for-all", null),
            tuple("from-the-environment", operator.clock.instant().plus(Duration.ofHours(24))));
    assertThat(operator.admin.get("/api/v1/secrets").text())
        .contains("\"previousValidUntil\":\"2026-05-05T10:00:00Z\"");
  }

  @Test
  void ofAShortSecretNothingIsTold() {
    operator.admin.put(SIGNING, "{\"value\":\"short-one\"}");
    assertThat(operator.admin.get("/api/v1/secrets").text())
        .contains("\"tail\":\"…\"")
        .doesNotContain("-one");
  }

  @Test
  void theFormerSecretIsValidForADayUnlessSaidOtherwise() {
    operator.admin.put(SIGNING, "{\"value\":\"one-one-one-one\"}");
    operator.admin.put(SIGNING, "{\"value\":\"two-two-two-two\"}");
    Instant until = operator.clock.instant().plus(Duration.ofHours(24));
    assertThat(operator.store.resources().secrets())
        .extracting(ResourceStore.Secret::until)
        .containsExactlyInAnyOrder(null, until);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "7",
        "null",
        "\"a\\nb\"",
        "\"a\\u0000\"",
        "\" \"",
        "\"\\u2028\"",
        "\"\\ud800\"",
        "\" a\"",
        "\"'a'\""
      })
  void whatIsNoGoodSecretIsRefused(String value) {
    Answered answered = operator.admin.put(SIGNING, "{\"value\":" + value + "}");
    assertThat(answered.status()).isEqualTo(400);
    assertThat(paths(answered)).containsExactly("value");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EAAG\u2026", "EAAG\u201cx\u201d", "EAAG\u00e9", "EAA G", "Bearer EAAG"})
  void anAccessTokenThatCannotStandInAHeaderIsRefused(String value) {
    String path = "/api/v1/secrets/meta-access-token";
    Answered refused = operator.admin.put(path, "{\"value\":\"" + value + "\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("value").doesNotContain("EAA");
    assertThat(operator.admin.put(path, "{\"value\":\"EAAG_x-1\"}").status()).isEqualTo(204);
  }

  @Test
  void lengthNameAndOverlapHaveBounds() {
    String longest = "x".repeat(512);
    assertThat(operator.admin.put(SIGNING, "{\"value\":\"" + longest + "\"}").status())
        .isEqualTo(204);
    assertThat(operator.admin.put(SIGNING, "{\"value\":\"" + longest + "x\"}").status())
        .isEqualTo(400);
    assertThat(operator.admin.put("/api/v1/secrets/other", "{\"value\":\"x\"}").status())
        .isEqualTo(404);
    Answered overlap = operator.admin.put(SIGNING + "?overlap=soon", "{\"value\":\"x\"}");
    assertThat(paths(overlap)).containsExactly("overlap");
  }

  @Test
  void rejectedEventsAreVerifiedAgain() {
    Answered answered = operator.admin.post(SIGNING + "/reverify?since=2026-05-04T09:00:00Z", "");
    assertThat(answered.text()).isEqualTo("{\"checked\":7,\"accepted\":3}");
    assertThat(operator.engines.reverifiedSince).isEqualTo("2026-05-04T09:00:00Z");
    assertThat(operator.admin.post("/api/v1/secrets/meta-verify-token/reverify", "").status())
        .isEqualTo(400);
  }

  @Test
  void theApplicationsCallbackIsAskedBeforeItIsTaken() {
    String good = operator.playground.good("app");
    Answered set = operator.admin.put("/api/v1/app", app(good, ""));
    assertThat(set.status()).isEqualTo(200);
    assertThat(operator.playground.handshakes()).isEqualTo(1);
    Answered refused =
        operator.admin.put("/api/v1/app", app(operator.playground.bad("missing"), ""));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("HTTP Status Code = 404");
    JsonNode told = operator.admin.get("/api/v1/app").json();
    assertThat(text(told, "callbackUrl")).isEqualTo(good);
    assertThat(text(told, "endpointId"))
        .isEqualTo(Callbacks.id(Callbacks.application(Operator.DEFAULT)).toString());
  }

  @Test
  void theHandshakeCanBeSkippedButNotTheAddress() {
    String missing = operator.playground.bad("missing");
    String skip = ",\"skipHandshake\":true";
    assertThat(operator.admin.put("/api/v1/app", app(missing, skip)).status()).isEqualTo(200);
    assertThat(paths(operator.admin.put("/api/v1/app", app("http://10.0.0.1/", skip))))
        .containsExactly("callbackUrl");
    assertThat(paths(operator.admin.put("/api/v1/app", "{\"id\":\"1\"}")))
        .containsExactly("callbackUrl", "verifyToken");
  }

  @Test
  void ofACallbackOnlyPolicyAndHeadersArePatched() {
    operator.admin.put("/api/v1/app", app(operator.playground.good("app"), ""));
    String id = Callbacks.id(Callbacks.application(Operator.DEFAULT)).toString();
    String path = "/api/v1/endpoints/" + id;
    assertThat(operator.admin.send("PATCH", path, "{\"policy\":{\"maxInFlight\":3}}").status())
        .isEqualTo(200);
    assertThat(paths(operator.admin.send("PATCH", path, "{\"url\":\"http://a.example/\"}")))
        .containsExactly("url");
    assertThat(operator.admin.post(path + "/rotate-secret", "").status()).isEqualTo(409);
    assertThat(text(operator.admin.get(path).json(), "role")).isEqualTo("application_callback");
  }

  @Test
  void accountsAndNumbersAreNamedAndListed() {
    operator.admin.put("/api/v1/wabas/102", "{\"name\":\"Lucky Shrub\"}");
    operator.admin.put(
        "/api/v1/phone-numbers/106", "{\"wabaId\":\"102\",\"displayPhoneNumber\":\"15550001\"}");
    assertThat(operator.admin.get("/api/v1/wabas").text())
        .contains("{\"id\":\"102\",\"name\":\"Lucky Shrub\",\"subscription\":\"unsaid\"}");
    assertThat(operator.admin.get("/api/v1/phone-numbers").text())
        .contains("{\"id\":\"106\",\"wabaId\":\"102\",\"displayPhoneNumber\":\"15550001\"}");
    assertThat(operator.admin.put("/api/v1/wabas/102?workspace=other", "{}").status())
        .isEqualTo(409);
    assertThat(operator.admin.put("/api/v1/wabas/abc", "{}").status()).isEqualTo(400);
    assertThat(paths(operator.admin.put("/api/v1/phone-numbers/1", "{\"wabaId\":\"x\"}")))
        .containsExactly("wabaId");
  }

  @Test
  void theDescriptionNamesExactlyTheRoutesThereAre() {
    JsonNode paths = operator.admin.get("/api/v1/openapi.json").json().path("paths");
    for (Served operation : operator.api.operations()) {
      JsonNode described =
          paths
              .path(operation.pattern())
              .path(operation.method().toLowerCase(java.util.Locale.ROOT));
      assertThat(described.path("summary").stringValue("")).isEqualTo(operation.summary());
    }
    long described = paths.valueStream().mapToLong(JsonNode::size).sum();
    assertThat(described).isEqualTo(operator.api.operations().size());
    assertThat(operator.nobody.get("/api/v1/openapi.json").status()).isEqualTo(401);
  }

  private static String app(String url, String more) {
    return "{\"id\":\"670\",\"callbackUrl\":\"%s\",\"verifyToken\":\"%s\"%s}"
        .formatted(url, Playground.TOKEN, more);
  }
}
