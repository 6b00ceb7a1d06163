package dev.chasqui.api.turn;

import static dev.chasqui.api.turn.Turn.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who is let in, how refusals look, and what is counted.
class TurnGateIT {

  private static final String PATH = "/v1/settings/application";

  @Test
  void withoutATokenTheCallerIsToldToSendOne() {
    try (Turn turn = new Turn()) {
      Answered answered = turn.nobody.get(PATH);
      assertThat(refusal(answered))
          .isEqualTo("401 1005 Access denied: send Authorization: Bearer and a token");
      assertThat(answered.header("WWW-Authenticate")).startsWith("Bearer ");
    }
  }

  @Test
  void aTokenThatIsNoneIsForbiddenInPlainText() {
    try (Turn turn = new Turn()) {
      Answered answered = turn.nobody.as("nobody's").get(PATH);
      assertThat(answered.status()).isEqualTo(403);
      assertThat(answered.header("Content-Type")).startsWith("text/plain");
      assertThat(answered.text()).isEqualTo("Invalid WhatsApp Token");
    }
  }

  @Test
  void aTokenMustSendAndNameANumber() {
    try (Turn turn = new Turn()) {
      for (String token :
          new String[] {
            turn.token("admin", null), turn.token("viewer", null), turn.token("api", null)
          }) {
        Answered answered = turn.nobody.as(token).get(PATH);
        assertThat(answered.status()).isEqualTo(403);
        assertThat(answered.text())
            .isEqualTo(
                "Invalid WhatsApp Token: use one of kind api or journey that names a phone number");
      }
      assertThat(turn.client.get(PATH).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/v1/labels",
    "POST,/v1/messages/wamid.1/labels",
    "POST,/v1/stacks",
    "POST,/v1/stacks/0001/simulation",
    "POST,/v1/data/messages/cursor",
    "GET,/v1/data/messages/cursor/abc",
    "POST,/v1/context",
    "POST,/v1/numbers"
  })
  void whatIsNotOfferedSaysSoAndWhy(String method, String path) {
    try (Turn turn = new Turn()) {
      assertThat(refusal(turn.client.send(method, path, method.equals("POST") ? "{}" : "")))
          .startsWith("501 501 Not implemented: there ");
    }
  }

  @Test
  void whoLogsInIsSentToTheTokens() {
    try (Turn turn = new Turn()) {
      assertThat(refusal(turn.nobody.post("/v1/users/login", "{}")))
          .contains("501 501", "POST /api/v1/tokens");
    }
  }

  @Test
  void overTheLimitTheAnswerIsTurns() {
    try (Turn turn = new Turn(Map.of(RateBucket.GENERAL, 2))) {
      Answered first = turn.client.get(PATH);
      assertThat(first.status()).isEqualTo(200);
      assertThat(first.header("X-Ratelimit-Bucket")).isEqualTo("general");
      assertThat(first.header("X-Ratelimit-Remaining")).isEqualTo("1");
      // What is refused for another reason counts as well, and tells what is left.
      assertThat(turn.client.get("/v1/labels").header("X-Ratelimit-Remaining")).isEqualTo("0");
      Answered over = turn.client.get(PATH);
      assertThat(over.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
      assertThat(over.header("Retry-After")).isEqualTo("60");
      assertThat(over.header("X-Ratelimit-Limit")).isEqualTo("2");
      assertThat(refusal(over)).startsWith("429 429 Rate limit hit for bucket general: ");
      assertThat(over.json().has("meta")).isFalse();
      turn.clock.move(Duration.ofSeconds(60));
      assertThat(turn.client.get(PATH).status()).isEqualTo(200);
    }
  }
}
