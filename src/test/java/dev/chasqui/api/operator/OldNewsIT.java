package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static dev.chasqui.api.operator.Operator.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What an endpoint says about old news, over HTTP and a real store.
class OldNewsIT {

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

  private Answered patch(String id, String policy) {
    return operator.admin.send("PATCH", ROOT + "/" + id, "{\"policy\":" + policy + "}");
  }

  @Test
  void itIsTakenToldAndOutlivesARestartOfTheStore() {
    String late = operator.created("");
    String id = operator.created("");
    Answered patched =
        patch(
            id,
            "{\"maxAge\":\"PT2H\",\"maxAgeAction\":\"endpoint:"
                + late
                + "\",\"dropWhileFailing\":true}");
    assertThat(patched.status()).isEqualTo(200);
    JsonNode policy = operator.admin.get(ROOT + "/" + id).json().path("policy");
    assertThat(text(policy, "maxAge")).isEqualTo("PT2H");
    assertThat(text(policy, "maxAgeAction")).isEqualTo("endpoint:" + late);
    assertThat(policy.path("dropWhileFailing").booleanValue()).isTrue();
  }

  @Test
  void withoutAWordNothingIsTooOld() {
    JsonNode policy = operator.admin.get(ROOT + "/" + operator.created("")).json().path("policy");
    assertThat(policy.path("maxAge").isNull()).isTrue();
    assertThat(text(policy, "maxAgeAction")).isEqualTo("deliver");
    assertThat(policy.path("dropWhileFailing").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'maxAge':'PT0S','maxAgeAction':'dead'} | policy.maxAge",
        "{'maxAgeAction':'dead'} | policy.maxAge",
        "{'maxAge':'PT2H','maxAgeAction':'drop'} | policy.maxAgeAction",
        "{'maxAge':'PT2H','maxAgeAction':'endpoint:ep_00000000000000000000000000'}"
            + " | policy.maxAgeAction"
      })
  void whatMakesNoSenseIsRefused(String policy, String path) {
    Answered refused = patch(operator.created(""), policy.replace('\'', '"'));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(paths(refused)).containsExactly(path);
  }

  @Test
  void nothingGoesInACircle() {
    String first = operator.created("");
    String second = operator.created("");
    String to = "{\"maxAge\":\"PT2H\",\"maxAgeAction\":\"endpoint:%s\"}";
    assertThat(patch(first, to.formatted(first)).status()).isEqualTo(400);
    assertThat(patch(first, to.formatted(second)).status()).isEqualTo(200);
    assertThat(patch(second, to.formatted(first)).status()).isEqualTo(400);
    assertThat(patch(second, to.formatted(operator.created(""))).status()).isEqualTo(400);
  }
}
