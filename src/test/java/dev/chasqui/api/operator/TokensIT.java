package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange;
import dev.chasqui.api.Exchange.Answered;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who may do what, and what a refusal tells.
class TokensIT {

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
  void withoutATokenTheAnswerIsAProblemWithAChallenge() {
    Answered answered = operator.nobody.get("/api/v1/endpoints");
    assertThat(answered.status()).isEqualTo(401);
    assertThat(answered.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answered.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(answered.json().propertyNames()).contains("type", "title", "status", "detail");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Bearer wrong", "Token x"})
  void whatIsNoGoodTokenIs401(String authorization) {
    Exchange caller = operator.nobody.with("Authorization", authorization);
    assertThat(caller.get("/api/v1/endpoints").status()).isEqualTo(401);
  }

  @Test
  void theWordBearerIsTakenInAnyCase() {
    String token = operator.token("admin", Operator.DEFAULT);
    Exchange caller = operator.nobody.with("Authorization", "bearer " + token);
    assertThat(caller.get("/api/v1/endpoints").status()).isEqualTo(200);
  }

  @Test
  void nobodyLearnsWithoutATokenWhatExists() {
    String id = operator.created("");
    Answered there = operator.nobody.get("/api/v1/endpoints/" + id);
    Answered absent = operator.nobody.get("/api/v1/endpoints/nothing");
    assertThat(there.status()).isEqualTo(401);
    assertThat(there.text()).isEqualTo(absent.text());
    assertThat(operator.nobody.get("/api/v1/stats?workspace=nowhere").status()).isEqualTo(401);
  }

  @Test
  void aViewerReadsAndChangesNothing() {
    Exchange viewer = operator.nobody.as(operator.token("viewer", Operator.DEFAULT));
    assertThat(viewer.get("/api/v1/endpoints").status()).isEqualTo(200);
    Answered refused = viewer.post("/api/v1/endpoints", operator.endpoint(""));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(operator.store.resources().endpoints()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "journey"})
  void tokensForMessagesDoNotOperate(String kind) {
    Exchange caller = operator.nobody.as(operator.token(kind, Operator.DEFAULT));
    assertThat(caller.get("/api/v1/endpoints").status()).isEqualTo(403);
  }

  @Test
  void aTokenOfAnotherWorkspaceReachesOnlyThat() {
    Exchange other = operator.nobody.as(operator.token("admin", Operator.OTHER));
    String id = operator.created("");
    assertThat(other.get("/api/v1/endpoints?workspace=default").status()).isEqualTo(404);
    assertThat(other.get("/api/v1/endpoints/" + id).status()).isEqualTo(404);
    assertThat(other.get("/api/v1/endpoints").json().path("data")).isEmpty();
    assertThat(operator.admin.get("/api/v1/endpoints?workspace=other").status()).isEqualTo(200);
  }

  @Test
  void aTokenIsToldOnceAndStoredHashed() {
    Answered made = operator.admin.post("/api/v1/tokens", "{\"kind\":\"viewer\"}");
    assertThat(made.status()).isEqualTo(201);
    String token = text(made.json(), "token");
    assertThat(token).hasSizeGreaterThan(32);
    assertThat(operator.nobody.as(token).get("/api/v1/stats").status()).isEqualTo(200);
    assertThat(operator.admin.get("/api/v1/tokens").text())
        .contains(text(made.json(), "id"))
        .doesNotContain(token);
    assertThat(operator.store.resources().tokens()).noneMatch(it -> it.hash().contains(token));
  }

  @Test
  void aDeletedTokenIsRefusedFromThenOn() {
    Answered made =
        operator.admin.post("/api/v1/tokens", "{\"kind\":\"admin\",\"name\":\"night shift\"}");
    Exchange other = operator.nobody.as(text(made.json(), "token"));
    assertThat(other.get("/api/v1/stats").status()).isEqualTo(200);
    String path = "/api/v1/tokens/" + text(made.json(), "id");
    assertThat(operator.admin.delete(path).status()).isEqualTo(204);
    assertThat(other.get("/api/v1/stats").status()).isEqualTo(401);
    assertThat(operator.admin.delete(path).status()).isEqualTo(404);
    assertThat(operator.admin.get("/api/v1/tokens").text()).doesNotContain("night shift");
  }

  @Test
  void aTokenEndsByItselfAndTellsWhenItWasUsedLast() {
    Instant end = operator.clock.instant().plus(Duration.ofHours(1));
    Answered made =
        operator.admin.post(
            "/api/v1/tokens",
            "{\"kind\":\"viewer\",\"name\":\"dashboard\",\"expiresAt\":\"%s\"}".formatted(end));
    assertThat(made.status()).isEqualTo(201);
    Exchange viewer = operator.nobody.as(text(made.json(), "token"));
    operator.clock.move(Duration.ofMinutes(10));
    assertThat(viewer.get("/api/v1/stats").status()).isEqualTo(200);
    assertThat(operator.admin.get("/api/v1/tokens").text())
        .contains("\"name\":\"dashboard\"", "\"expiresAt\":\"" + end + "\"")
        .contains("\"lastUsedAt\":\"2026-05-04T10:10:00Z\"");
    operator.clock.move(Duration.ofMinutes(50));
    assertThat(viewer.get("/api/v1/stats").status()).isEqualTo(401);
  }

  @Test
  void theLastAdminTokenIsNotDeletedByMistake() {
    String id = text(operator.admin.get("/api/v1/tokens").json().path("data").path(0), "id");
    Answered refused = operator.admin.delete("/api/v1/tokens/" + id);
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.text()).contains("make another one first");
    String order = "{\"kind\":\"admin\"}";
    Exchange other =
        operator.nobody.as(text(operator.admin.post("/api/v1/tokens", order).json(), "token"));
    assertThat(other.delete("/api/v1/tokens/" + id).status()).isEqualTo(204);
    assertThat(operator.admin.get("/api/v1/stats").status()).isEqualTo(401);
  }

  @Test
  void aTokenOfAnotherWorkspaceIsNotFound() {
    Exchange other = operator.nobody.as(operator.token("admin", Operator.OTHER));
    String id = text(operator.admin.get("/api/v1/tokens").json().path("data").path(0), "id");
    assertThat(other.delete("/api/v1/tokens/" + id).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2020-01-01T00:00:00Z", "tomorrow", "+999999999-01-01T00:00:00Z"})
  void anEndThatIsNoneIsRefused(String end) {
    String body = "{\"kind\":\"api\",\"expiresAt\":\"" + end + "\"}";
    assertThat(Operator.paths(operator.admin.post("/api/v1/tokens", body)))
        .containsExactly("expiresAt");
  }

  @Test
  void whatIsWrongWithATokensOrderIsTold() {
    assertThat(Operator.paths(operator.admin.post("/api/v1/tokens", "{\"kind\":\"owner\"}")))
        .containsExactly("kind");
    String body = "{\"kind\":\"admin\",\"phoneNumberId\":\"123\"}";
    assertThat(Operator.paths(operator.admin.post("/api/v1/tokens", body)))
        .containsExactly("phoneNumberId");
  }
}
