package dev.chasqui.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.model.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JsonBodyTest {

  private static JsonBody body(String json) {
    return JsonBody.parse(Bytes.utf8(json));
  }

  @Test
  void readsEveryKindOfMember() {
    JsonBody body =
        body(
            """
            {"name":"a","policy":{"deadline":"PT5S","schedule":["PT1S","PT1M"],"jitter":0.1},
             "count":7,"on":true,"at":"2026-01-01T00:00:00Z","fields":["x","y"],"headers":{"X-A":"b"}}
            """);
    assertThat(body.required("name")).isEqualTo("a");
    assertThat(body.duration("policy.deadline")).contains(Duration.ofSeconds(5));
    assertThat(body.durations("policy.schedule"))
        .containsExactly(Duration.ofSeconds(1), Duration.ofMinutes(1));
    assertThat(body.number("policy.jitter")).hasValue(0.1);
    assertThat(body.whole("count")).hasValue(7);
    assertThat(body.flag("on")).contains(true);
    assertThat(body.instant("at")).contains(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(body.texts("fields")).containsExactly("x", "y");
    assertThat(body.textMap("headers")).isEqualTo(Map.of("X-A", "b"));
    body.check();
  }

  @Test
  void absentMembersAreNoProblem() {
    JsonBody body = body("{\"a\":null}");
    assertThat(body.text("a")).isEmpty();
    assertThat(body.text("b.c")).isEmpty();
    assertThat(body.texts("d")).isEmpty();
    assertThat(body.whole("e")).isEmpty();
    assertThat(body.object("f")).isEmpty();
    assertThat(body.has("a")).isFalse();
    assertThat(body.mentions("a")).isTrue();
    assertThat(body.mentions("b")).isFalse();
    body.check();
  }

  @Test
  void gathersAllProblemsWithTheirPaths() {
    JsonBody body =
        body(
            """
            {"url":5,"empty":" ","policy":{"deadline":"soon","schedule":["PT1S","x"]},"count":1.5,
             "fields":"x","headers":{"A":1},"list":[{"id":1},7]}
            """);
    body.required("name");
    body.required("url");
    body.required("empty");
    body.duration("policy.deadline");
    body.durations("policy.schedule");
    body.whole("count");
    body.texts("fields");
    body.textMap("headers");
    body.objects("list").forEach(element -> element.text("id"));
    assertThatExceptionOfType(InvalidBodyException.class)
        .isThrownBy(body::check)
        .satisfies(
            e ->
                assertThat(e.problems())
                    .extracting(JsonProblem::path)
                    .containsExactly(
                        "name",
                        "url",
                        "empty",
                        "policy.deadline",
                        "policy.schedule[1]",
                        "count",
                        "fields",
                        "headers.A",
                        "list[1]",
                        "list[0].id"));
  }

  @Test
  void reportsMembersThatNobodyKnows() {
    JsonBody body = body("{\"a\":1,\"inner\":{\"b\":1,\"c\":2}}");
    body.allowOnly(Set.of("inner"));
    body.object("inner").ifPresent(inner -> inner.allowOnly(Set.of("b")));
    assertThat(body.problems())
        .containsExactly(
            new JsonProblem("a", "is not known; known are inner"),
            new JsonProblem("inner.c", "is not known; known are b"));
  }

  @Test
  void aBodyMustBeAnObject() {
    assertThatThrownBy(() -> body("[1]")).isInstanceOf(InvalidBodyException.class);
    assertThatThrownBy(() -> body("{\"a\":")).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> body("")).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> body("{} {}")).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> body("{\"a\":1,\"a\":2}")).isInstanceOf(MalformedJsonException.class);
    assertThatThrownBy(() -> body("{\"a\":" + "[".repeat(200) + "]".repeat(200) + "}"))
        .isInstanceOf(MalformedJsonException.class);
  }
}
